const { exec: run, execFile } = require("node:child_process");

module.exports = {
  handle: async (req, res) => {
    // ruleid: javascript-command-injection
    run("ls " + req.body.folder);
    // ruleid: javascript-command-injection
    execFile(req.body.program, ["--version"]);
    // ok: javascript-command-injection
    run("ls");
  },
};
