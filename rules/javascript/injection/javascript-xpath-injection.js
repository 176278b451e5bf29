const xpath = require("xpath");
const libxmljs = require("libxmljs2");
const select = xpath.useNamespaces({ a: "urn:a" });

app.get("/user", (req, res) => {
  // ruleid: javascript-xpath-injection
  const a = xpath.select("//user[@name='" + req.query.name + "']", doc);
  // ruleid: javascript-xpath-injection
  const b = select(`//a:user[@name='${req.query.name}']`, doc);
  // ruleid: javascript-xpath-injection
  const c = xmlDoc.get("//user[@id=" + req.params.id + "]");
  // ruleid: javascript-xpath-injection
  const d = xpath.select1(req.body.path, doc);
  // ok: javascript-xpath-injection
  const e = xpath.select("//user[@name='admin']", doc);
  // ok: javascript-xpath-injection
  const f = xpath.parse("//user[@name=$name]").select({ node: doc, variables: { name: req.query.name } });
  // ok: javascript-xpath-injection
  const g = xpath.select("//user[@id=" + Number(req.params.id) + "]", doc);
  // ok: javascript-xpath-injection
  const h = cache.get(req.query.name);
});

app.get("/evaluate", (req, res) => {
  // ruleid: javascript-xpath-injection
  const a = document.evaluate(`//user[@name='${req.query.name}']`, document, null, 0, null);
});
