const crypto = require("crypto");
const { createCipheriv } = require("crypto");

// ruleid: javascript-weak-cipher
const a = crypto.createCipheriv("aes-256-ecb", key, null);
// ruleid: javascript-weak-cipher
const b = createCipheriv("des-ede3-cbc", key, iv);
// ruleid: javascript-weak-cipher
const c = crypto.createDecipheriv("rc4", key, "");

// ok: javascript-weak-cipher
const d = crypto.createCipheriv("aes-256-gcm", key, crypto.randomBytes(12));
// ok: javascript-weak-cipher
const e = crypto.createCipheriv("aes-256-cbc", key, iv);
// ok: javascript-weak-cipher
const f = crypto.createCipheriv("chacha20-poly1305", key, nonce);
// ok: javascript-weak-cipher
const g = crypto.createCipheriv(name, key, iv);
