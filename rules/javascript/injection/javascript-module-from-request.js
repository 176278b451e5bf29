const path = require("path");

app.get("/plugin", async (req, res) => {
  // ruleid: javascript-module-from-request
  const a = require(req.query.plugin);
  // ruleid: javascript-module-from-request
  const b = require(`./plugins/${req.params.name}`);
  // ruleid: javascript-module-from-request
  const c = await import("./plugins/" + req.query.plugin + ".js");
  // ok: javascript-module-from-request
  const d = require("./plugins/one");
  // ok: javascript-module-from-request
  const e = require("./plugins/" + path.basename(req.query.plugin));
  // ok: javascript-module-from-request
  const f = plugins.get(req.query.plugin);
  // ok: javascript-module-from-request
  const g = await import(config.plugin);
});

app.get("/where", (req, res) => {
  // ruleid: javascript-module-from-request
  const a = require.resolve(req.query.module);
});
