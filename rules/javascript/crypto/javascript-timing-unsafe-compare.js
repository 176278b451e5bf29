const crypto = require("crypto");

app.post("/hook", (req, res) => {
  // ruleid: javascript-timing-unsafe-compare
  if (req.headers["x-api-key"] === process.env.API_KEY) accept();
  const expected = crypto.createHmac("sha256", key).update(req.body).digest("hex");
  // ruleid: javascript-timing-unsafe-compare
  if (expected !== req.headers["x-signature"]) refuse();
  // ruleid: javascript-timing-unsafe-compare
  if (process.env.WEBHOOK_TOKEN == req.query.token) accept();
  // ok: javascript-timing-unsafe-compare
  if (crypto.timingSafeEqual(Buffer.from(expected), Buffer.from(req.headers["x-signature"]))) accept();
  // ok: javascript-timing-unsafe-compare
  if (process.env.API_KEY === undefined) refuse();
  // ok: javascript-timing-unsafe-compare
  if (process.env.NODE_ENV === "production") accept();
  // ok: javascript-timing-unsafe-compare
  if (req.query.kind === "key") accept();
});

async function moreForms(req, res, request) {
  const mac = crypto.createHmac("sha256", key).update(body).digest("hex");
  // ruleid: javascript-timing-unsafe-compare
  if (given != mac) throw new Error();
}

function inOneExpression(req, body) {
  // ruleid: javascript-timing-unsafe-compare
  if (req.headers["x-signature"] === crypto.createHmac("sha256", key).update(body).digest("hex")) accept();
  // ruleid: javascript-timing-unsafe-compare
  return createHmac("sha256", key).update(body).digest("hex") == signature;
}
