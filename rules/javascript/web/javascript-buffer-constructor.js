// ruleid: javascript-buffer-constructor
const a = new Buffer(value);
// ruleid: javascript-buffer-constructor
const b = new Buffer(req.body.text);
// ruleid: javascript-buffer-constructor
const c = new Buffer(10);
// ok: javascript-buffer-constructor
const d = Buffer.from(value);
// ok: javascript-buffer-constructor
const e = new Buffer("constant");
// ok: javascript-buffer-constructor
const f = Buffer.alloc(10);
// ok: javascript-buffer-constructor
const g = new Buffer([1, 2, 3]);
// ok: javascript-buffer-constructor
const h = new Buffer(text, "utf8");
