const CryptoJS = require("crypto-js");
// ruleid: javascript-crypto-js-weak
const a = CryptoJS.DES.encrypt(text, key);
// ruleid: javascript-crypto-js-weak
const b = CryptoJS.TripleDES.decrypt(box, key);
// ruleid: javascript-crypto-js-weak
const c = CryptoJS.AES.encrypt(text, key, { mode: CryptoJS.mode.ECB, padding: CryptoJS.pad.Pkcs7 });
// ruleid: javascript-crypto-js-weak
const d = CryptoJS.RC4.encrypt(text, key);
// ok: javascript-crypto-js-weak
const e = CryptoJS.AES.encrypt(text, key, { iv, mode: CryptoJS.mode.CTR });
// ok: javascript-crypto-js-weak
const f = CryptoJS.SHA256(text);
// ok: javascript-crypto-js-weak
const g = CryptoJS.lib.WordArray.random(16);
// ok: javascript-crypto-js-weak
const h = DES.encrypt(text, key);
