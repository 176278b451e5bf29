// A developer edits code in VS Code: squiggles while typing, hover, light bulb, fixes, suppression, notebooks.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { CodeServer } from "./code-server.mjs";

const UNSAFE = "import yaml\n\n\ndef settings(stream):\n    return yaml.load(stream)\n";
const FLOW = `import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    host = request.args["host"]
    command = "ping -c 1 " + host
    return subprocess.check_output(command, shell=True)
`;

let vscode;
before(async () => {
  vscode = await CodeServer.start();
});
afterEach((context) => vscode.closeAll(context));
after(() => vscode.stop());

/** A window with one file open in it. */
async function opened(name, text, more = {}) {
  const window = await vscode.open(vscode.folder({ [name]: text, ...more }));
  await window.openFile(name);
  return window;
}

test("a squiggle appears while typing, without saving, and the quick fix makes it go", async () => {
  const window = await opened("settings.py", "import yaml\n\n\ndef settings(stream):\n");
  await window.goTo(5);
  await window.type("    return yaml.load(stream)\n");
  await window.untilSquiggles(1);
  await window.untilFile("settings.py", /stream\):\n$/);
  await window.goTo(5, 14);
  await window.quickFix(/safe_load/);
  await window.untilText("yaml.safe_load(stream)");
  await window.untilSquiggles(0);
});

test("the hover says what is wrong, why, and how to write it instead", async () => {
  const window = await opened("settings.py", UNSAFE);
  await window.untilSquiggles(1);
  const hover = await window.hover(5, 14);
  await hover.filter({ hasText: "yaml.safe_load" }).first().waitFor();
  await hover.filter({ hasText: "CWE-502" }).first().waitFor();
  await window.shot("hover");
});

test("the light bulb offers the fix, the suppression, the waiver and the documentation", async () => {
  const window = await opened("settings.py", UNSAFE);
  await window.untilSquiggles(1);
  await window.goTo(5, 14);
  const offered = await window.lightBulb(/safe_load/);
  for (const words of [
    /safe_load/,
    /Suppress python-yaml-unsafe-load here with a comment…/,
    /waiver in the policy file…/,
    /documentation/,
  ]) {
    assert.ok(
      offered.some((title) => words.test(title)),
      `${words} in ${offered.join(" | ")}`,
    );
  }
  await window.shot("light-bulb");
});

test("all findings of a file are fixed when it is saved, if the user wants that", async () => {
  const settings = JSON.stringify({ "editor.codeActionsOnSave": { "source.fixAll.secloop": "explicit" } });
  const two = `${UNSAFE}\n\ndef more(stream):\n    return yaml.load(stream)\n`;
  const window = await opened("settings.py", two, { ".vscode/settings.json": settings });
  await window.untilSquiggles(2);
  await window.goTo(1, 12);
  await window.type(" ");
  await window.save();
  await window.untilFile("settings.py", /safe_load(?:.|\n)*safe_load/);
  await window.untilSquiggles(0);
});

test("fix all in this file works as a command", async () => {
  const window = await opened("settings.py", UNSAFE);
  await window.untilSquiggles(1);
  await window.run("secloop: Fix All in This File");
  await window.untilText("yaml.safe_load(stream)");
});

test("a suppression asks for its reason, and is a comment with that reason", async () => {
  const window = await opened("settings.py", UNSAFE);
  await window.untilSquiggles(1);
  await window.goTo(5, 14);
  await window.quickFix(/Suppress/);
  await window.answer("Why is this acceptable here?", "only files of our own");
  await window.untilText("# secloop: ignore[python-yaml-unsafe-load] only files of our own");
  await window.untilSquiggles(0);
});

test("a waiver asks for reason, owner and date, and is written to the policy file", async () => {
  const window = await opened("settings.py", UNSAFE);
  await window.untilSquiggles(1);
  await window.goTo(5, 14);
  await window.run("secloop: Add a Waiver");
  await window.answer("Why is this acceptable for now?", "replaced next month");
  await window.answer("Who owns this waiver?", "kim");
  const expires = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await window.answer("Until which date does it hold?", expires);
  await window.untilSquiggles(0);
  await window.page.locator(".tab", { hasText: "secloop.toml" }).click();
  await window.untilText(`reason = "replaced next month"\nowner = "kim"\nexpires = ${expires}`);
});

test("a data flow is gone through step by step", async () => {
  const window = await opened("web.py", FLOW);
  await window.untilSquiggles(1);
  await window.goTo(12, 20);
  await window.run("secloop: Go to the Next Step of the Data Flow");
  await window.untilAnnotation(/1\/\d The data comes from here/);
  await window.run("secloop: Go to the Next Step of the Data Flow");
  await window.untilAnnotation(/2\/\d/);
  await window.shot("data-flow");
  await window.run("secloop: Go to the Previous Step of the Data Flow");
  await window.untilAnnotation(/1\/\d The data comes from here/);
  await window.run("secloop: Stop Showing the Data Flow");
  await window.untilAnnotation(/^$/);
});

test("a cell of a notebook is checked while it is typed", async () => {
  const cell = (source) => ({
    cell_type: "code",
    execution_count: null,
    id: "a",
    metadata: {},
    outputs: [],
    source,
  });
  const metadata = { language_info: { name: "python" } };
  const notebook = {
    cells: [cell(["import yaml\n", "yaml.load(stream)"])],
    metadata,
    nbformat: 4,
    nbformat_minor: 5,
  };
  const window = await vscode.open(vscode.folder({ "explore.ipynb": JSON.stringify(notebook) }));
  await window.openNotebook("explore.ipynb");
  await window.untilSquiggles(1);
});
