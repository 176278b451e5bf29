const fs = require("fs");
const { chmodSync } = require("fs");

// ruleid: javascript-world-writable
fs.chmodSync("/srv/x", 0o777);
// ruleid: javascript-world-writable
chmodSync("/srv/x", "666");
// ruleid: javascript-world-writable
await fs.promises.chmod("/srv/x", 0o722);
// ok: javascript-world-writable
fs.chmodSync("/srv/x", 0o755);
// ok: javascript-world-writable
fs.chmodSync("/srv/x", 0o600);
// ok: javascript-world-writable
fs.chmodSync("/srv/x", mode);
// ok: javascript-world-writable
fs.chmodSync("/srv/x", "700");

async function moreForms(req, res, request) {
  // ruleid: javascript-world-writable
  chmod(path, 0o777);
}
