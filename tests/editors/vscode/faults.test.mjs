// Servers that fail in every way: the user sees one clear message with a way out, and nothing loops.
import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { CodeServer, SECLOOP } from "./code-server.mjs";
import { until } from "./workbench.mjs";

const UNSAFE = { "settings.py": "import yaml\n\n\ndef settings(stream):\n    return yaml.load(stream)\n" };

const programs = mkdtempSync(join(tmpdir(), "secloop-programs-"));
const onPath = join(programs, "on-path");
let vscode;
before(async () => {
  mkdirSync(onPath);
  vscode = await CodeServer.start({ path: `${onPath}:/usr/bin:/bin` });
});
afterEach((context) => vscode.closeAll(context));
after(async () => {
  await vscode.stop();
  rmSync(programs, { recursive: true });
});

/** A program that is used as the server. */
function program(name, lines) {
  const file = join(programs, name);
  writeFileSync(file, `#!/bin/sh\n${lines}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A program that says its version as the server does, and does something else when it is to serve. */
function impostor(name, serve, version = "0.1.0") {
  const starts = join(programs, `${name}.starts`);
  const says = `[ "$1" = --version ] && { echo "secloop, version ${version}"; exit; }`;
  return { path: program(name, `${says}\necho $$ >> ${starts}\n${serve}`), starts: () => startsIn(starts) };
}

function startsIn(file) {
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map(Number) : [];
}

async function opened(settings, more = {}) {
  vscode.configure(settings);
  const window = await vscode.open(vscode.folder({ ...UNSAFE, ...more }));
  await window.openFile("settings.py");
  return window;
}

/** Whether there is one message, and the buttons that it has. */
async function only(window, text, ...buttons) {
  const message = await window.message(text);
  assert.equal(await window.messages().count(), 1);
  for (const button of buttons) {
    await message.getByRole("button", { name: button }).waitFor();
  }
  return message;
}

test("a server that is killed ten times is started again, three times by itself and then when the user says so", async () => {
  const server = impostor("killed", `exec ${SECLOOP} "$@"`);
  const window = await opened({ "secloop.path": server.path });
  for (let kills = 1; kills <= 10; kills++) {
    await until(
      () => server.starts().length === kills,
      () => `start ${kills}; there were ${server.starts().length}`,
    );
    await window.untilStatus(/1 high/);
    await window.untilSquiggles(1);
    process.kill(server.starts().at(-1), "SIGKILL");
    if (kills % 4 === 0) {
      const message = await only(window, "secloop stopped too often", "Restart", "Show Log");
      assert.equal(server.starts().length, kills);
      await message.getByRole("button", { name: "Restart" }).click();
    }
  }
  await until(
    () => server.starts().length === 11,
    () => `start 11; there were ${server.starts().length}`,
  );
  await window.untilStatus(/1 high/);
  await window.untilSquiggles(1);
  assert.equal(await window.messages().count(), 0);
});

test("a server that works is started anew from the status bar", async () => {
  const server = impostor("again", `exec ${SECLOOP} "$@"`);
  const window = await opened({ "secloop.path": server.path });
  await window.untilStatus(/1 high/);
  await window.status().click();
  await window.pick("Restart");
  await until(
    () => server.starts().length === 2,
    () => `a second start; there were ${server.starts().length}`,
  );
  await window.untilStatus(/1 high/);
  await window.untilSquiggles(1);
  assert.equal(await window.messages().count(), 0);
});

test("a server that never answers is given up after the time that is set", async () => {
  const server = impostor("silent", "exec sleep 1000");
  const window = await opened({ "secloop.path": server.path, "secloop.startTimeout": 2 });
  await only(window, "it did not answer within 2 seconds", "Restart", "Show Log");
  assert.equal(server.starts().length, 1);
  await until(
    () => !isAlive(server.starts()[0]),
    () => "the silent server to be ended",
  );
  await window.untilStatus(/secloop/);
});

test("a server that prints garbage is ended, and the user told", async () => {
  const server = impostor("garbage", "printf 'hello\\r\\n\\r\\n'; exec cat > /dev/null");
  const window = await opened({ "secloop.path": server.path });
  await only(window, "its output makes no sense", "Restart", "Show Log");
  await until(
    () => !isAlive(server.starts()[0]),
    () => "the server to be ended",
  );
  assert.equal(server.starts().length, 1);
});

test("a server that ends at once is told with its last words", async () => {
  const server = impostor("dying", "echo 'no module named secloop' >&2; exit 3");
  const window = await opened({ "secloop.path": server.path });
  await only(window, "it ended with exit code 3 (no module named secloop)", "Restart", "Show Log");
  assert.equal(server.starts().length, 1);
});

test("a program that is set and is not there leads to the setting", async () => {
  const window = await opened({ "secloop.path": join(programs, "nowhere") });
  const message = await only(window, "there is no such program", "Open Settings", "Show Log");
  await message.getByRole("button", { name: "Open Settings" }).click();
  await window.page.locator(".settings-editor", { hasText: "Secloop: Path" }).waitFor();
});

test("a server that is too old is named with its version and what is needed", async () => {
  const old = impostor("old", "exit 1", "0.0.9");
  const window = await opened({ "secloop.path": old.path });
  await only(
    window,
    /secloop 0\.0\.9 \(.*\) is too old: this extension needs 0\.1\.0 or newer/,
    "Open Settings",
  );
  assert.equal(old.starts().length, 0);
});

test("without any server one is offered, and one on PATH is found", async () => {
  const window = await opened({});
  await only(
    window,
    "secloop is not installed where this extension looks for it",
    "Install for VS Code Only",
    "Show Log",
  );
  symlinkSync(SECLOOP, join(onPath, "secloop"));
  await window.run("secloop: Restart the Server");
  await window.untilSquiggles(1);
  rmSync(join(onPath, "secloop"));
});

test("a setting that is changed starts and stops the server", async () => {
  const settings = (enable) => JSON.stringify({ "secloop.enable": enable });
  const window = await opened({ "secloop.path": SECLOOP }, { ".vscode/settings.json": settings(false) });
  await window.untilStatus(/secloop off/);
  await window.openFile(".vscode/settings.json");
  await window.replaceAll(settings(true));
  await window.save();
  await window.untilStatus(/1 high/);
  await window.replaceAll(settings(false));
  await window.save();
  await window.untilStatus(/secloop off/);
});

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
