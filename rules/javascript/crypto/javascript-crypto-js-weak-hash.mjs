import sha1 from "crypto-js/sha1";
import sha256 from "crypto-js/sha256";
// ruleid: javascript-crypto-js-weak-hash
const a = sha1(text);
// ok: javascript-crypto-js-weak-hash
const b = sha256(text);
