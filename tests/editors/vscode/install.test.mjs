// The server is installed for VS Code only: offered, with progress; stopped, failed, and in the end running.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { CodeServer, SECLOOP } from "./code-server.mjs";
import { PackageIndex } from "./package-index.mjs";

const OFFER = "Install for VS Code Only";

const folder = mkdtempSync(join(tmpdir(), "secloop-install-"));
let index;
let vscode;
before(async () => {
  const python = realpathSync(join(dirname(SECLOOP), "python"));
  index = new PackageIndex(folder, python, SECLOOP);
  Object.assign(process.env, {
    PIP_CONFIG_FILE: "/dev/null",
    PIP_FIND_LINKS: "",
    PIP_INDEX_URL: await index.start(),
    PIP_DEFAULT_TIMEOUT: "300",
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
  });
  const programs = join(folder, "bin");
  mkdirSync(programs);
  symlinkSync(python, join(programs, "python3"));
  vscode = await CodeServer.start({ settings: {}, path: `${programs}:/usr/bin:/bin` });
});
afterEach((context) => vscode.closeAll(context));
after(async () => {
  await vscode.stop();
  index.stop();
  rmSync(folder, { recursive: true });
});

test("where there is no server one is installed for VS Code only, which can be stopped and tried again", async () => {
  const text = "import yaml\n\n\ndef settings(stream):\n    return yaml.load(stream)\n";
  const window = await vscode.open(vscode.folder({ "settings.py": text }));
  await window.openFile("settings.py");
  await window.press("secloop is not installed where this extension looks for it", OFFER);
  await index.asked();
  await window.press("installing the server…", "Cancel");
  await window.press("secloop could not be installed: it was stopped", OFFER);
  await index.asked();
  index.answer(404);
  await window.press(/secloop could not be installed: .*No matching distribution found/, OFFER);
  await index.asked();
  await window.message("installing the server…");
  index.answer(200);
  await window.untilStatus(/1 high/);
  await window.untilSquiggles(1);
  await window.untilStatusHover(join("environment", "bin", "secloop"));
});
