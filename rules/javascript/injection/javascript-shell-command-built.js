const { exec, execSync, execFile, spawn } = require("child_process");
const cp = require("child_process");
const quote = require("shell-quote").quote;

function run(cmd) {
  // ruleid: javascript-shell-command-built
  return cp.execSync(cmd).toString();
}

function log(branch) {
  // ruleid: javascript-shell-command-built
  return execSync("git log " + branch);
}

// ruleid: javascript-shell-command-built
const remove = (name) => exec(`docker rm -f ${name}`);

function convert(file) {
  // ruleid: javascript-shell-command-built
  spawn("sh", ["-c", "convert " + file]);
}

function quiet(file, text) {
  // ok: javascript-shell-command-built
  execSync("git status");
  // ok: javascript-shell-command-built
  execFile("convert", [file, "out.png"]);
  // ok: javascript-shell-command-built
  exec(`convert ${quote([file])}`);
  // ok: javascript-shell-command-built
  const match = PATTERN.exec(text);
  // ok: javascript-shell-command-built
  spawn("convert", [file]);
  // ok: javascript-shell-command-built
  execSync(BUILD_COMMAND);
}
