// A developer edits Python in VS Code: squiggles while typing, hover, light bulb, fixes, suppression.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CodeServer } from "./code-server.mjs";

let vscode;
before(async () => {
  vscode = await CodeServer.start();
});
after(() => vscode.stop());

test("a squiggle appears while typing, without saving, and the quick fix makes it go", async () => {
  const window = await vscode.open(
    vscode.folder({ "settings.py": "import yaml\n\n\ndef settings(stream):\n" }),
  );
  await window.openFile("settings.py");
  await window.goTo(5);
  await window.type("    return yaml.load(stream)\n");
  await window.untilSquiggles(1);
  await window.goTo(5, 14);
  await window.quickFix(/safe_load/);
  await window.untilText("yaml.safe_load(stream)");
  await window.untilSquiggles(0);
  await window.close();
});
