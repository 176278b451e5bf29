const crypto = require("crypto");
const { createHash } = require("crypto");

function digest(password, user, salt) {
  // ruleid: javascript-fast-password-hash
  crypto.createHash("sha256").update(password).digest("hex");
  // ruleid: javascript-fast-password-hash
  createHash("sha512").update(user.password, "utf8").digest("hex");
  // ruleid: javascript-fast-password-hash
  crypto.createHash("sha1").update(salt + password).digest("hex");
  // ok: javascript-fast-password-hash
  crypto.scryptSync(password, salt, 64);
  // ok: javascript-fast-password-hash
  crypto.createHash("sha256").update(user.name).digest("hex");
  // ok: javascript-fast-password-hash
  crypto.createHash("sha256").update(content).digest("hex");
  // ok: javascript-fast-password-hash
  bcrypt.hash(password, 12);
}

async function moreForms(req, res, request) {
  // ruleid: javascript-fast-password-hash
  crypto.createHash("sha256").update(password + salt);
  // ruleid: javascript-fast-password-hash
  crypto.createHash("sha256").update(`${password}:x`);
}
