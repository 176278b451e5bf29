// The author of rules in VS Code: a rule of selected code, results as the rule is typed, its tests, what it finds.
import { after, afterEach, before, test } from "node:test";
import { CodeServer } from "./code-server.mjs";

const LEGACY = "from shop import legacy_login\n\nlegacy_login('kim', 1)\n";

let vscode;
before(async () => {
  vscode = await CodeServer.start();
});
afterEach((context) => vscode.closeAll(context));
after(() => vscode.stop());

function rule(pattern) {
  return `rules:
  - id: no-legacy
    languages: [python]
    severity: HIGH
    message: The old login keeps passwords in the clear.
    pattern: ${pattern}
`;
}

test("of selected code a rule is made, with its test, and it finds that code", async () => {
  const window = await vscode.open(vscode.folder({ "app/login.py": LEGACY }));
  await window.openFile("app/login.py");
  await window.goTo(3);
  await window.page.keyboard.press("Shift+End");
  await window.run("secloop: New Rule from the Selection");
  await window.answer("The rule's id", "python-no-legacy-login");
  // Its test is opened last.
  await window.page.locator(".tab.active", { hasText: "python-no-legacy-login.py" }).waitFor();
  await window.openFile("app/login.py");
  await window.page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
});

test("an edited rule colours an open file anew, and a broken one is an error in the rule's file", async () => {
  const files = { ".secloop/rules/no-legacy.yaml": rule("old_login(...)"), "app/login.py": LEGACY };
  const window = await vscode.open(vscode.folder(files));
  await window.openFile("app/login.py");
  await window.run("View: Split Editor Right");
  await window.openFile(".secloop/rules/no-legacy.yaml");
  const beside = window.page.locator(".editor-group-container:not(.active) .squiggly-error");
  const here = window.page.locator(".editor-group-container.active .squiggly-error");
  await beside.waitFor({ state: "detached" });
  await window.replaceAll(rule("legacy_login(...)"));
  await beside.waitFor();
  await here.waitFor({ state: "detached" });
  await window.page.locator(".codelens-decoration a", { hasText: "1 match in this workspace" }).waitFor();
  await window.untilStatus(/1 high/);
  await window.shot("rule-edit");
  await window.replaceAll(rule("legacy_login(("));
  await here.first().waitFor();
  await window.untilStatus(/could not decide/);
});

test("over a rule is written how often it matches, and from there its matches are shown and its tests run", async () => {
  const files = {
    ".secloop/rules/no-legacy.yaml": rule("legacy_login(...)"),
    ".secloop/rules/no-legacy.py": "# ruleid: no-legacy\nlegacy_login()\n",
    "app/login.py": LEGACY,
  };
  const window = await vscode.open(vscode.folder(files));
  await window.openFile(".secloop/rules/no-legacy.yaml");
  const lens = (text) => window.page.locator(".codelens-decoration a", { hasText: text });
  await lens(/^1 match in this workspace$/).waitFor();
  await window.shot("code-lens");
  await lens("run tests").click();
  await window.message("the tests of no-legacy pass");
  await lens("1 match in this workspace").click();
  await window.page.locator(".peekview-widget", { hasText: "login.py" }).waitFor();
});

test("an annotation in a rule's test file that does not hold is a diagnostic there", async () => {
  const files = {
    ".secloop/rules/no-legacy.yaml": rule("legacy_login(...)"),
    ".secloop/rules/no-legacy.py": "# ruleid: no-legacy\nother_login()\n",
  };
  const window = await vscode.open(vscode.folder(files));
  await window.openFile(".secloop/rules/no-legacy.py");
  await window.untilSquiggles(1);
  await window.goTo(2);
  await window.replaceAll("# ruleid: no-legacy\nlegacy_login()\n");
  await window.untilSquiggles(0);
});
