const bcrypt = require("bcrypt");
const crypto = require("crypto");

function store(password, salt) {
  // ruleid: javascript-weak-key-derivation
  crypto.pbkdf2Sync(password, salt, 1000, 32, "sha256");
  // ruleid: javascript-weak-key-derivation
  bcrypt.hashSync(password, 4);
  // ruleid: javascript-weak-key-derivation
  crypto.generateKeyPairSync("rsa", { modulusLength: 1024 });
  // ok: javascript-weak-key-derivation
  crypto.pbkdf2Sync(password, salt, 600000, 32, "sha256");
  // ok: javascript-weak-key-derivation
  bcrypt.hashSync(password, 12);
  // ok: javascript-weak-key-derivation
  crypto.generateKeyPairSync("rsa", { modulusLength: 3072 });
  // ok: javascript-weak-key-derivation
  bcrypt.hash(password, ROUNDS);
}

async function moreForms(req, res, request) {
  // ruleid: javascript-weak-key-derivation
  crypto.pbkdf2(password, salt, 1000, 64, "sha512", done);
  // ruleid: javascript-weak-key-derivation
  bcrypt.hash(password, 4);
  // ruleid: javascript-weak-key-derivation
  bcrypt.genSalt(4);
  // ruleid: javascript-weak-key-derivation
  bcrypt.genSaltSync(4);
  // ruleid: javascript-weak-key-derivation
  crypto.generateKeyPair("rsa", { modulusLength: 1024 }, done);
}
