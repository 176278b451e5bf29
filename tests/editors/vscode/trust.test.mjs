// A workspace that is not trusted: files are checked, and nothing of it is run until the user trusts it.
import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { CodeServer, SECLOOP } from "./code-server.mjs";
import { until } from "./workbench.mjs";

const onPath = mkdtempSync(join(tmpdir(), "secloop-on-path-"));
let vscode;
before(async () => {
  symlinkSync(SECLOOP, join(onPath, "secloop"));
  vscode = await CodeServer.start({ settings: {}, trust: true, path: `${onPath}:/usr/bin:/bin` });
});
afterEach((context) => vscode.closeAll(context));
after(async () => {
  await vscode.stop();
  rmSync(onPath, { recursive: true });
});

test("a program that an untrusted workspace names is not run, its files are checked all the same, and this is said", async () => {
  const folder = vscode.folder({
    "settings.py": "import yaml\n\n\ndef settings(stream):\n    return yaml.load(stream)\n",
    ".vscode/settings.json": JSON.stringify({ "secloop.path": "${workspaceFolder}/evil" }),
    evil: `#!/bin/sh\ntouch "$(dirname "$0")/ran"\nexec ${SECLOOP} "$@"\n`,
  });
  chmodSync(join(folder, "evil"), 0o755);
  const ran = () => existsSync(join(folder, "ran"));

  const window = await vscode.open(folder);
  await window.page.getByRole("button", { name: /^No, I don't trust/ }).click();
  await window.openFile("settings.py");
  await window.untilSquiggles(1);
  await window.untilStatusHover("This workspace is not trusted");
  await window.shot("untrusted");
  assert.equal(ran(), false);

  await window.run("Workspaces: Manage Workspace Trust");
  await window.page
    .locator(".workspace-trust-editor")
    .getByRole("button", { name: /^Trust$/ })
    .click();
  await until(ran, () => "the program that the workspace names to run, now that it is trusted");
});
