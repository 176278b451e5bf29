const crypto = require("crypto");
const { createHash } = require("node:crypto");

// ruleid: javascript-weak-hash
const a = crypto.createHash("sha256").update(data).digest("hex");
// ruleid: javascript-weak-hash
const b = createHash("sha256").update(data).digest("hex");
// ruleid: javascript-weak-hash
const c = crypto.createHmac("sha256", key);

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
  crypto.createSign("sha256");
}
