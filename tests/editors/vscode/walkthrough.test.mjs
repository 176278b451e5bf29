// The first run in VS Code: the walkthrough's steps, their buttons, and that what was done is ticked.
import { after, afterEach, before, test } from "node:test";
import { CodeServer } from "./code-server.mjs";

const STEPS = [
  "The server runs",
  "Check the workspace",
  "Fix what can be fixed",
  "Accept what is acceptable",
  "Write a rule",
  "Have CI say the same",
];

let vscode;
before(async () => {
  vscode = await CodeServer.start();
});
afterEach((context) => vscode.closeAll(context));
after(() => vscode.stop());

test("the walkthrough leads through the first run, and ticks what was done", async () => {
  const window = await vscode.open(vscode.folder({ "settings.py": "import yaml\nyaml.load(stream)\n" }));
  await window.openFile("settings.py");
  await window.untilSquiggles(1);
  await window.run("Welcome: Open Walkthrough...");
  await window.pick("Get Started with secloop");
  const page = window.page.locator(".gettingStartedContainer");
  const step = (title) => page.locator(".getting-started-step", { hasText: title });
  const ticked = (title) => step(title).locator(".codicon-getting-started-step-checked");
  for (const title of STEPS) {
    await step(title).waitFor();
  }
  await ticked("The server runs").waitFor();
  await step("Check the workspace").click();
  await page.getByRole("button", { name: "Check the Workspace", exact: true }).click();
  await ticked("Check the workspace").waitFor();
  await page.locator('img[alt="The Findings view"]').waitFor();
  await window.shot("walkthrough");
  await step("Accept what is acceptable").click();
  await page
    .frameLocator("iframe.webview.ready")
    .frameLocator("#active-frame")
    .getByText("[[waivers]]")
    .waitFor();
});
