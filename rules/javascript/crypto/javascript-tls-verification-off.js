const https = require("https");

// ruleid: javascript-tls-verification-off
const agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
// ruleid: javascript-tls-verification-off
options.rejectUnauthorized = false;
// ruleid: javascript-tls-verification-off
tls.connect({ host, port, rejectUnauthorized: false }, done);

// ok: javascript-tls-verification-off
const good = new https.Agent({ ca: fs.readFileSync("ca.pem") });
// ok: javascript-tls-verification-off
options.rejectUnauthorized = true;
// ok: javascript-tls-verification-off
process.env.NODE_EXTRA_CA_CERTS = "ca.pem";
// ok: javascript-tls-verification-off
const other = { rejectUnauthorized: strict };

async function moreForms(req, res, request) {
  // ruleid: javascript-tls-verification-off
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  // ruleid: javascript-tls-verification-off
  process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = 0;
}

// ruleid: javascript-tls-verification-off
request({ url, strictSSL: false }, done);
