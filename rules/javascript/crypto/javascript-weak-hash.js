const crypto = require("crypto");
const { createHash } = require("node:crypto");

// ruleid: javascript-weak-hash
const a = crypto.createHash("md5").update(data).digest("hex");
// ruleid: javascript-weak-hash
const b = createHash("sha1").update(data).digest("hex");
// ruleid: javascript-weak-hash
const c = crypto.createHmac("MD5", key);

// ok: javascript-weak-hash
const d = crypto.createHash("sha256").update(data);
// ok: javascript-weak-hash
const e = crypto.createHmac("sha1", key);
// ok: javascript-weak-hash
const f = crypto.createHash(algorithm);
// ok: javascript-weak-hash
const g = table.createIndex("md5");

async function moreForms(req, res, request) {
  // ruleid: javascript-weak-hash
  crypto.createSign("RSA-SHA1");
}
