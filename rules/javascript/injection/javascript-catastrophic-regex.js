// ruleid: javascript-catastrophic-regex
const words = /^(\w+\s?)*$/;
// ruleid: javascript-catastrophic-regex
const letters = /^(a+)+$/;
// ruleid: javascript-catastrophic-regex
text.match(/([a-z0-9]+)*@/i);
// ok: javascript-catastrophic-regex
const good = /^\w+(\s\w+)*$/;
// ok: javascript-catastrophic-regex
const list = /(\d+,)+/;
// ok: javascript-catastrophic-regex
const plain = /[a-z]+@[a-z]+/;
// ok: javascript-catastrophic-regex
const text2 = "(a+)+$";
