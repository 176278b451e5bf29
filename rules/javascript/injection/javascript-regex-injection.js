app.get("/grep", (req, res) => {
  const q = req.query.q;
  // ruleid: javascript-regex-injection
  const a = new RegExp(q).test(text);
  // ruleid: javascript-regex-injection
  const b = new RegExp("^" + q + "$", "i");
  // ruleid: javascript-regex-injection
  const c = RegExp(`<${req.body.tag}>`);
  // ok: javascript-regex-injection
  const d = text.includes(q);
  // ok: javascript-regex-injection
  const e = new RegExp(escapeRegExp(q), "i");
  // ok: javascript-regex-injection
  const f = new RegExp("^a+$").test(q);
  // ok: javascript-regex-injection
  const g = /^a+$/.test(q);
});
