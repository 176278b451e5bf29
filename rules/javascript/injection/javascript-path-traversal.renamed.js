const { readFileSync: read, existsSync } = require("node:fs");

module.exports.show = (req, res) => {
  // ruleid: javascript-path-traversal
  read(`/data/${req.query.name}`);
  // ok: javascript-path-traversal
  read("/data/one");
};
