// ruleid: javascript-host-name-not-checked
tls.connect({ host, port: 443, checkServerIdentity: () => undefined });
// ruleid: javascript-host-name-not-checked
const a = new https.Agent({ checkServerIdentity: () => {} });
// ruleid: javascript-host-name-not-checked
https.get({ host, checkServerIdentity: function (name, certificate) { return undefined; } });
// ruleid: javascript-host-name-not-checked
const c = { rejectUnauthorized: true, checkServerIdentity: () => null };
// ok: javascript-host-name-not-checked
tls.connect({ host, port: 443, servername: "internal.example.org" });
// ok: javascript-host-name-not-checked
tls.connect({ host, checkServerIdentity: (name, certificate) => compare(name, certificate) });
// ok: javascript-host-name-not-checked
const b = new https.Agent({ checkServerIdentity: tls.checkServerIdentity });
// ok: javascript-host-name-not-checked
const checkServerIdentity = () => undefined;
