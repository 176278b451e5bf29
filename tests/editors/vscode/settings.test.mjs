// Settings, several roots, and the interpreter that the Python extension has selected.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { CodeServer, SECLOOP } from "./code-server.mjs";

const UNSAFE = "import yaml\n\n\ndef settings(stream):\n    return yaml.load(stream)\n";

const environments = mkdtempSync(join(tmpdir(), "secloop-environments-"));
const SELECTED = join(environments, "selected");

/** Stands for the Python extension: it has selected the interpreter that a file names. */
const PYTHON_EXTENSION = `
const fs = require("node:fs");
const vscode = require("vscode");
const file = ${JSON.stringify(SELECTED)};
const changed = new vscode.EventEmitter();
exports.activate = () => {
  fs.watch(file, () => changed.fire());
  return {
    environments: {
      getActiveEnvironmentPath: () => ({ path: fs.readFileSync(file, "utf8") }),
      resolveEnvironment: async ({ path }) => ({ executable: { uri: vscode.Uri.file(path) } }),
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};
`;

/** A Python environment with the server in it: where its interpreter would be. */
function environment(name) {
  const programs = join(environments, name, "bin");
  mkdirSync(programs, { recursive: true });
  const program = join(programs, "secloop");
  writeFileSync(program, `#!/bin/sh\nexec ${SECLOOP} "$@"\n`);
  chmodSync(program, 0o755);
  return join(programs, "python");
}

let vscode;
before(async () => {
  writeFileSync(SELECTED, environment("one"));
  vscode = await CodeServer.start({ extensions: { "ms-python.python": PYTHON_EXTENSION } });
});
afterEach((context) => vscode.closeAll(context));
after(async () => {
  await vscode.stop();
  rmSync(environments, { recursive: true });
});

async function opened(settings, files = { "settings.py": UNSAFE }) {
  vscode.configure(settings);
  const window = await vscode.open(vscode.folder({ ".vscode/settings.json": "{}", ...files }));
  await window.openFile("settings.py");
  return window;
}

/** Change the settings of the window's folder. */
function change(window, settings) {
  writeFileSync(join(window.folder, ".vscode/settings.json"), JSON.stringify(settings));
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

test("without a path the server of the selected Python environment is run, also when another is selected", async () => {
  const window = await opened({});
  await window.untilSquiggles(1);
  await window.untilStatusHover("/one/bin/secloop");
  writeFileSync(SELECTED, environment("two"));
  await window.untilStatusHover("/two/bin/secloop");
  await window.untilStatus(/1 high/);
  await window.untilSquiggles(1);
  assert.equal(await window.messages().count(), 0);
});

test("the server gets the arguments that are set, and the log has its messages if the user wants them", async () => {
  const given = join(environments, "given");
  const program = join(environments, "recording");
  writeFileSync(program, `#!/bin/sh\necho "$@" >> ${given}\nexec ${SECLOOP} "$@"\n`);
  chmodSync(program, 0o755);
  const window = await opened({
    "secloop.path": program,
    "secloop.arguments": ["--stdio"],
    "secloop.trace.server": "messages",
  });
  await window.untilSquiggles(1);
  assert.match(readFileSync(given, "utf8"), /^server --stdio$/m);
  await window.run("secloop: Show the Log");
  const messages = /(Sending|Received)\s(request|response|notification)\s'/;
  await window.page.locator(".panel .view-lines").filter({ hasText: messages }).first().waitFor();
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

test("findings are shown from the severity on that the user wants, and the verdict is the same", async () => {
  const text = `${UNSAFE}\n\ndef more(text):\n    return eval(text)\n`;
  const window = await opened({ "secloop.path": SECLOOP }, { "settings.py": text });
  await window.untilSquiggles(1, "error");
  await window.untilSquiggles(1, "warning");
  change(window, { "secloop.showFrom": "high" });
  await window.untilSquiggles(0, "warning");
  await window.untilSquiggles(1, "error");
  await window.untilStatus(/1 high, 1 medium/);
});

test("what was accepted is shown as a hint if the user wants it, and the verdict is the same", async () => {
  const accepted = UNSAFE.replace(
    "(stream)\n",
    "(stream)  # secloop: ignore[python-yaml-unsafe-load] ours\n",
  );
  const window = await opened(
    { "secloop.path": SECLOOP, "secloop.showAccepted": true },
    { "settings.py": accepted },
  );
  await window.untilSquiggles(1, "hint");
  await window.untilSquiggles(0, "error");
  await window.untilStatus(/pass/);
});

test("findings of files that are not open are in the Problems view, unless the user does not want them", async () => {
  const files = { "settings.py": UNSAFE, "closed.py": UNSAFE };
  const window = await opened({ "secloop.path": SECLOOP }, files);
  await window.run("Problems: Focus on Problems View");
  const problems = (name) => window.page.locator(".markers-panel .monaco-list-row", { hasText: name });
  await problems("settings.py").first().waitFor();
  await problems("closed.py").first().waitFor();
  change(window, { "secloop.checkClosedFiles": false });
  await problems("closed.py").first().waitFor({ state: "detached" });
  await problems("settings.py").first().waitFor();
});
