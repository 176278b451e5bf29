// The workspace as a whole in VS Code: status bar, Findings view, rule pages, verdicts, comparison with CI, new rules.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { CodeServer, SECLOOP } from "./code-server.mjs";

const SHOP = {
  "app/settings.py": "import yaml\n\n\ndef settings(stream):\n    return yaml.load(stream)\n",
  "app/tokens.py": "import hashlib\n\n\ndef token(password):\n    return hashlib.md5(password).hexdigest()\n",
  "secloop.toml": 'fail-on = "medium"\n',
};

let vscode;
before(async () => {
  vscode = await CodeServer.start();
});
afterEach((context) => vscode.closeAll(context));
after(() => vscode.stop());

async function opened(file = "app/settings.py", files = SHOP) {
  const window = await vscode.open(vscode.folder(files));
  await window.openFile(file);
  await window.untilStatus(/\d (critical|high|medium)/);
  return window;
}

function inDays(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The verdict of the folder as CI has it. */
function verdictOfCi(folder) {
  try {
    return execFileSync(SECLOOP, ["check", "--format", "json"], { cwd: folder, encoding: "utf8" });
  } catch (error) {
    assert.equal(error.status, 1, error.stderr);
    return error.stdout;
  }
}

test("the status bar has the verdict, and in its hover the rules and the digest of the whole workspace", async () => {
  const window = await opened();
  await window.run("secloop: Check the Workspace");
  await window.untilStatus(/2 high/);
  const { digest } = JSON.parse(verdictOfCi(window.folder));
  await window.untilStatusHover("rules", digest);
  await window.shot("status-bar");
});

test("its menu checks again, and leads to the log", async () => {
  const window = await opened();
  await window.status().click();
  await window.pick("Check the workspace");
  await window.untilStatus(/2 high/);
  await window.status().click();
  await window.pick("Show the log");
  await window.page.locator(".panel .output-view, .panel .view-lines").first().waitFor();
});

test("the Findings view has what is found, grouped and filtered, and leads to the places", async () => {
  const window = await opened();
  await window.run("secloop: Check the Workspace");
  await window.untilStatus(/2 high/);
  const tree = await window.findings();
  await tree.group("high").waitFor();
  await tree.row("python-yaml-unsafe-load").waitFor();
  await window.shot("findings");
  await window.run("secloop: Group the Findings");
  await window.pick("By file");
  await tree.group("app/tokens.py").waitFor();
  await window.run("secloop: Filter the Findings");
  await window.answer("Words in the rule", "yaml");
  await tree.group("app/tokens.py").waitFor({ state: "detached" });
  await window.run("secloop: Clear the Filter");
  await tree.row("md5").first().click();
  await window.page.locator(".tab.active", { hasText: "tokens.py" }).waitFor();
  await window.page.locator(".statusbar-item", { hasText: "Ln 5" }).waitFor();
});

test("a finding is fixed from the tree, also in a file that is not open", async () => {
  const window = await opened("app/tokens.py");
  await window.run("secloop: Check the Workspace");
  await window.untilStatus(/2 high/);
  const tree = await window.findings();
  await tree.act("python-yaml-unsafe-load", "Fix");
  await tree.row("python-yaml-unsafe-load").waitFor({ state: "detached" });
  await window.openFile("app/settings.py");
  await window.untilText("yaml.safe_load(stream)");
});

test("findings are suppressed and waived from the tree, also in a file that is not open", async () => {
  const window = await opened("app/settings.py", { ...SHOP, "app/other.py": SHOP["app/settings.py"] });
  await window.run("secloop: Check the Workspace");
  await window.untilStatus(/3 high/);
  const tree = await window.findings();
  await window.run("secloop: Group the Findings");
  await window.pick("By file");
  await tree.group("app/other.py").waitFor();
  await tree.choose("python-yaml-unsafe-load", "Suppress with a Reason…");
  await window.answer("Why is this acceptable here?", "only files of our own");
  await tree.group("app/other.py").waitFor({ state: "detached" });
  await window.openFile("app/other.py");
  await window.untilText("# secloop: ignore[python-yaml-unsafe-load] only files of our own");

  await tree.choose("python-yaml-unsafe-load", "Add a Waiver…");
  await window.answer("Why is this acceptable for now?", "replaced next month");
  await window.answer("Who owns this waiver?", "kim");
  await window.answer("Until which date does it hold?", inDays(30));
  await tree.group("app/settings.py").waitFor({ state: "detached" });
  await window.untilStatus(/1 high, 1 medium/);
});

test("the page about a rule explains it, and nothing in it can run", async () => {
  const window = await opened();
  const tree = await window.findings();
  await tree.act("python-yaml-unsafe-load", "Show the Rule's Documentation");
  const page = window.webview();
  await page.locator("main", { hasText: "yaml.safe_load" }).waitFor();
  await page.locator("table", { hasText: "high" }).waitFor();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(policy, /^default-src 'none'; style-src [^;]*;$/);
  assert.equal(await page.locator("body script").count(), 0);
  await window.shot("rule");
});

test("the verdict that is shown is that of CI", async () => {
  const window = await opened();
  await window.run("secloop: Show the Verdict");
  const { digest } = JSON.parse(verdictOfCi(window.folder));
  await window.untilText(digest);
});

test("comparing with CI says that the digest is the same, or which findings differ and why", async () => {
  const window = await opened();
  await window.copy(verdictOfCi(window.folder));
  await window.run("secloop: Compare with CI");
  await window.pick("From the clipboard");
  await window.message("The verdict here is that of CI: digest");

  await window.goTo(1, 12);
  await window.type("\n\n\ndef other(stream):\n    return yaml.load(stream)\n");
  await window.untilSquiggles(2);
  await window.run("secloop: Compare with CI");
  await window.pick("From the clipboard");
  const list = window.page.locator(".quick-input-widget", {
    hasText: "The verdict here differs from that of CI in the content",
  });
  await list.locator(".monaco-list-row", { hasText: "python-yaml-unsafe-load" }).first().waitFor();
  await window.shot("compare");
  await window.pick("python-yaml-unsafe-load");
  await list.waitFor({ state: "hidden" });
});

test("a verdict of CI is compared from a file, and a difference without findings is told as well", async () => {
  const window = await opened();
  const file = join(window.folder, "..", "ci.json");
  writeFileSync(file, verdictOfCi(window.folder));
  await window.run("secloop: Compare with CI");
  await window.pick("From a file…");
  await window.chooseFile(file);
  await window.message("The verdict here is that of CI: digest");

  await window.goTo(1, 12);
  await window.type("  # the parser");
  await window.run("secloop: Compare with CI");
  await window.pick("From a file…");
  await window.chooseFile(file);
  await window.message("differs from that of CI in the content of files. The findings are the same.");
});

test("a check of the workspace shows how far it is, and ends when the user cancels it", async () => {
  const view = (name) => `

def ${name}():
    host = request.args["host"]
    return subprocess.check_output("ping -c 1 " + host, shell=True)
`;
  // So much of what rules look for that it takes long, and nobody else checks it meanwhile.
  const views = Array.from({ length: 40 }, (_, at) => view(`view_${at}`)).join("");
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [
      `lib/part_${at}.py`,
      `import subprocess\nfrom flask import request\nNAME = "${at}"\n${views}`,
    ]),
  );
  many[".vscode/settings.json"] = JSON.stringify({ "secloop.checkClosedFiles": false });
  const window = await opened("app/settings.py", { ...SHOP, ...many });
  await window.run("secloop: Check the Workspace");
  const progress = await window.message(/checking the workspace.*\d of 30\d files/);
  await progress.getByRole("button", { name: "Cancel" }).click();
  await progress.waitFor({ state: "detached" });
  assert.equal(await window.messages().count(), 0);
  await window.goTo(1, 12);
  await window.type("\n\n\ndef other(stream):\n    return yaml.load(stream)\n");
  await window.untilSquiggles(2);
});

test("what is no verdict is refused in words", async () => {
  const window = await opened();
  await window.copy("no verdict");
  await window.run("secloop: Compare with CI");
  await window.pick("From the clipboard");
  await window.message("this is not the JSON that `secloop check --format json` prints");
});
