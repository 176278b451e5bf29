// Settings, several roots, and the interpreter that the Python extension has selected.
import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { CodeServer, SECLOOP } from "./code-server.mjs";

const UNSAFE = "import yaml\n\n\ndef settings(stream):\n    return yaml.load(stream)\n";

/** Stands for the Python extension: it has selected the interpreter that the environment names. */
const PYTHON_EXTENSION = `
const vscode = require("vscode");
exports.activate = () => ({
  environments: {
    getActiveEnvironmentPath: () => ({ path: process.env.SELECTED_PYTHON }),
    resolveEnvironment: async ({ path }) => ({ executable: { uri: vscode.Uri.file(path) } }),
    onDidChangeActiveEnvironmentPath: new vscode.EventEmitter().event,
  },
});
`;

const environment = mkdtempSync(join(tmpdir(), "secloop-environment-"));
let vscode;
before(async () => {
  process.env.SELECTED_PYTHON = join(environment, "bin", "python");
  mkdirSync(join(environment, "bin"));
  writeFileSync(
    join(environment, "bin", "secloop"),
    `#!/bin/sh\ntouch ${environment}/ran\nexec ${SECLOOP} "$@"\n`,
  );
  chmodSync(join(environment, "bin", "secloop"), 0o755);
  vscode = await CodeServer.start({ extensions: { "ms-python.python": PYTHON_EXTENSION } });
});
afterEach((context) => vscode.closeAll(context));
after(async () => {
  await vscode.stop();
  rmSync(environment, { recursive: true });
});

async function opened(settings, files = { "settings.py": UNSAFE }) {
  vscode.configure(settings);
  const window = await vscode.open(vscode.folder(files));
  await window.openFile("settings.py");
  return window;
}

test("each folder of a workspace is checked by its own policy", async () => {
  vscode.configure({ "secloop.path": SECLOOP });
  const folder = vscode.folder({
    "one/settings.py": UNSAFE,
    "one/secloop.toml": 'fail-on = "medium"\n',
    "two/config.py": UNSAFE,
    "two/secloop.toml": 'ignore = ["python-yaml-*"]\n',
    "all.code-workspace": JSON.stringify({ folders: [{ path: "one" }, { path: "two" }] }),
  });
  const window = await vscode.open(folder, { workspace: "all.code-workspace" });
  await window.openFile("config.py");
  await window.untilStatus(/secloop: /);
  await window.untilSquiggles(0);
  await window.openFile("settings.py");
  await window.untilSquiggles(1);
  await window.run("secloop: Check the Workspace");
  await window.untilStatusHover("one: fail", "two: pass");
});

test("without a path the server of the selected Python environment is run", async () => {
  const window = await opened({});
  await window.untilSquiggles(1);
  assert.ok(existsSync(join(environment, "ran")));
});

test("a severity is shown at the level that the user wants, and the verdict is the same", async () => {
  const window = await opened({ "secloop.path": SECLOOP, "secloop.levels": { high: "warning" } });
  await window.untilSquiggles(1, "warning");
  await window.untilSquiggles(0, "error");
  await window.untilStatus(/1 high/);
});

test("with run on save a finding is shown when the file is saved", async () => {
  const files = { "settings.py": "import yaml\n\n" };
  const window = await opened({ "secloop.path": SECLOOP, "secloop.run": "onSave" }, files);
  await window.untilStatus(/pass/);
  await window.goTo(3);
  await window.type("yaml.load(stream)\n");
  // The verdict counts what is typed: once it is there, the server has seen the text.
  await window.run("secloop: Show the Verdict");
  await window.untilText(/python-yaml-unsafe-load|"verdict": "fail"/);
  await window.openFile("settings.py");
  await window.untilSquiggles(0);
  await window.save();
  await window.untilSquiggles(1);
});
