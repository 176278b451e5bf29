const https = require("https");
const tls = require("tls");

// ruleid: javascript-tls-old-version
https.createServer({ secureProtocol: "TLSv1_method" });
// ruleid: javascript-tls-old-version
https.request({ host: "api", minVersion: "TLSv1.2" });
// ruleid: javascript-tls-old-version
tls.DEFAULT_MIN_VERSION = "TLSv1.2";

// ok: javascript-tls-old-version
https.request({ host: "api", minVersion: "TLSv1.2" });
// ok: javascript-tls-old-version
https.createServer({ secureProtocol: "TLS_method" });
// ok: javascript-tls-old-version
tls.DEFAULT_MIN_VERSION = "TLSv1.3";
// ok: javascript-tls-old-version
https.request({ host: "api", maxVersion: "TLSv1.3" });

async function moreForms(req, res, request) {
  // ruleid: javascript-tls-old-version
  tls.connect({ maxVersion: "TLSv1.2" });
}
