const CryptoJS = require("crypto-js");
const md5 = require("md5");
// ruleid: javascript-crypto-js-weak-hash
const a = CryptoJS.SHA256(text).toString();
// ruleid: javascript-crypto-js-weak-hash
const b = CryptoJS.SHA256(text);
// ruleid: javascript-crypto-js-weak-hash
const c = md5(text);
// ruleid: javascript-crypto-js-weak-hash
const d = CryptoJS.HmacSHA256(text, key);
// ok: javascript-crypto-js-weak-hash
const e = CryptoJS.SHA256(text).toString();
// ok: javascript-crypto-js-weak-hash
const f = CryptoJS.HmacSHA256(text, key);
// ok: javascript-crypto-js-weak-hash
const g = sha256(text);
// ok: javascript-crypto-js-weak-hash
const h = CryptoJS.enc.Hex.parse(text);
