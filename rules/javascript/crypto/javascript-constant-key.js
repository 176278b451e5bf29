const crypto = require("crypto");

function encrypt(key, iv) {
  // ruleid: javascript-constant-key
  crypto.createCipheriv("aes-256-cbc", "12345678901234567890123456789012", iv);
  // ruleid: javascript-constant-key
  crypto.createCipheriv("aes-256-cbc", key, Buffer.alloc(16, 0));
  // ruleid: javascript-constant-key
  crypto.createDecipheriv("aes-256-cbc", key, "1234567890123456");
  // ruleid: javascript-constant-key
  crypto.createCipher("aes192", "a password");
  // ruleid: javascript-constant-key
  crypto.createHmac("sha256", "signing-key");
  // ok: javascript-constant-key
  crypto.createCipheriv("aes-256-gcm", key, crypto.randomBytes(12));
  // ok: javascript-constant-key
  crypto.createCipheriv("aes-256-ecb", key, "");
  // ok: javascript-constant-key
  crypto.createCipheriv("aes-256-gcm", Buffer.from(process.env.KEY, "hex"), iv);
  // ok: javascript-constant-key
  crypto.createHmac("sha256", process.env.KEY);
}

async function moreForms(req, res, request) {
  // ruleid: javascript-constant-key
  createCipheriv("aes-256-cbc", Buffer.from("0123456789abcdef0123456789abcdef"), iv);
  // ruleid: javascript-constant-key
  crypto.createCipheriv("aes-256-cbc", Buffer.from("0123456789abcdef0123456789abcdef"), iv);
  // ruleid: javascript-constant-key
  crypto.createCipheriv("aes-256-cbc", key, Buffer.from("0123456789abcdef"));
  // ruleid: javascript-constant-key
  crypto.createCipheriv("aes-256-cbc", key, Buffer.alloc(16));
  // ruleid: javascript-constant-key
  crypto.createDecipher("aes-256-cbc", "0123456789abcdef");
}
