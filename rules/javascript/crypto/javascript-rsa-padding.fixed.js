// ruleid: javascript-rsa-padding
const a = crypto.publicEncrypt({ key, padding: crypto.constants.RSA_PKCS1_OAEP_PADDING }, data);
// ruleid: javascript-rsa-padding
const b = privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING }, data);
// ruleid: javascript-rsa-padding
const c = crypto.privateDecrypt({ key, padding: crypto.constants.RSA_PKCS1_OAEP_PADDING }, data);
// ruleid: javascript-rsa-padding
const d = publicEncrypt({ padding: RSA_PKCS1_OAEP_PADDING, key }, data);
// ok: javascript-rsa-padding
const e = crypto.publicEncrypt({ key, padding: crypto.constants.RSA_PKCS1_OAEP_PADDING }, data);
// ok: javascript-rsa-padding
const f = crypto.publicEncrypt(key, data);
// ok: javascript-rsa-padding
const g = crypto.sign("sha256", data, { key, padding: crypto.constants.RSA_PKCS1_PADDING });
// ok: javascript-rsa-padding
const h = { padding: 10 };
