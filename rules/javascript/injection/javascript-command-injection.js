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

const util = require("util");
const run = util.promisify(require("child_process").exec);
const { spawn, execFile } = require("child_process");

app.get("/more", async (req, res) => {
  // ruleid: javascript-command-injection
  await run(`convert ${req.query.file} out.png`);
  // ruleid: javascript-command-injection
  spawn("ls", [req.query.folder], { shell: true });
  // ruleid: javascript-command-injection
  spawn("/bin/sh", ["-c", "ls " + req.query.folder]);
  // ruleid: javascript-command-injection
  await execa.command("ls " + req.query.folder);
  // ok: javascript-command-injection
  spawn("ls", ["--", req.query.folder]);
  // ok: javascript-command-injection
  await run("convert in.png out.png");
  // ok: javascript-command-injection
  execFile("/bin/sh", ["-c", 'ls -- "$1"', "sh", req.query.folder]);
});

app.get("/apart", ({ query }, res) => {
  // ruleid: javascript-command-injection
  require("child_process").exec("ls " + query.folder);
});

exports.handler = async (event) => {
  // ruleid: javascript-command-injection
  return require("child_process").execSync("id " + event.queryStringParameters.name);
};

const { WebSocketServer } = require("ws");
new WebSocketServer({ port: 8080 }).on("connection", (ws) => {
  ws.on("message", (data) => {
    // ruleid: javascript-command-injection
    require("child_process").exec("echo " + data);
  });
  ws.on("close", (code) => {
    // ok: javascript-command-injection
    require("child_process").exec("echo " + code);
  });
});

app.get("/listed", (req, res) => {
  if (allowedTools.includes(req.query.tool)) {
    // ok: javascript-command-injection
    require("child_process").exec(req.query.tool);
  }
  if (!allowedTools.includes(req.query.tool)) {
    return res.sendStatus(400);
  }
  // ok: javascript-command-injection
  require("child_process").exec(req.query.tool);
});

function handler({ body }, res, next) {
  // ruleid: javascript-command-injection
  require("child_process").exec("ls " + body.folder, next);
}

app.get("/list", (req, res) => {
  const words = ["convert"];
  words.push(req.query.file);
  // ruleid: javascript-command-injection
  require("child_process").exec(words.join(" "));
});

app.get("/kept", (req, res) => {
  // ok: javascript-command-injection
  require("child_process").exec("id " + req.query.user.replace(/[^\w-]/g, ""));
  // ruleid: javascript-command-injection
  require("child_process").exec("id " + req.query.user.replace(/[^\w;|]/g, ""));
});

app.get("/steps", (req, res) => {
  const { name = "x" } = req.query;
  // ruleid: javascript-command-injection
  require("child_process").exec("id " + name);
  const { query: { user } } = req;
  // ruleid: javascript-command-injection
  require("child_process").exec("id " + user);
});

app.get("/two", (req, res) => {
  const { query } = req;
  // ruleid: javascript-command-injection
  require("child_process").exec("id " + query.user);
  const { method } = req;
  // ok: javascript-command-injection
  require("child_process").exec("id " + method);
});
