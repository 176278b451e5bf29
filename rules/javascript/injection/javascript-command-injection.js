const { exec, execFile, spawn } = require("child_process");
const cp = require("node:child_process");

app.get("/ping", (req, res) => {
  const host = req.query.host;
  // ruleid: javascript-command-injection
  exec("ping -c1 " + host);
  // ruleid: javascript-command-injection
  cp.execSync(`ping -c1 ${host}`);
  // ruleid: javascript-command-injection
  spawn("ping " + req.body.host, { shell: true });
  // ok: javascript-command-injection
  execFile("ping", ["-c1", "--", host]);
  // ok: javascript-command-injection
  spawn("ping", ["-c1", host]);
  // ok: javascript-command-injection
  exec("ping -c1 localhost");
  // ok: javascript-command-injection
  exec("kill " + parseInt(req.query.pid, 10));
  // ok: javascript-command-injection
  const found = /a+/.exec(host);
});

async function moreForms(req, res, request) {
  // ruleid: javascript-command-injection
  exec(req.get("x"));
  // ruleid: javascript-command-injection
  exec(req.header("x"));
  // ruleid: javascript-command-injection
  exec((await req.json()).x);
  // ruleid: javascript-command-injection
  require("child_process").exec(req.query.x);
}

import childProcess from "child_process";
function imported(req) {
  // ruleid: javascript-command-injection
  childProcess.exec(req.query.x);
}
