// Starts VS Code (code-server) with the packed extension in it, and opens folders in a browser.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Workbench } from "./workbench.mjs";

/** What scripts/test_editors.py prepared. */
const TOOLS = wanted("SECLOOP_EDITOR_TOOLS");
const CHROMIUM = wanted("SECLOOP_CHROMIUM");
const VSIX = wanted("SECLOOP_VSIX");
export const SECLOOP = wanted("SECLOOP_PROGRAM");
/** Where screenshots are kept. */
export const SHOTS = wanted("SECLOOP_SHOTS");

const ENTRY = join(TOOLS, "node_modules/code-server/out/node/entry.js");
const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const WINDOW = { width: 1000, height: 560 };
/** Nothing that moves, asks or suggests by itself. */
const QUIET_SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "workbench.colorTheme": "Default Dark Modern",
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "chat.commandCenter.enabled": false,
  "git.enabled": false,
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.suggestOnTriggerCharacters": false,
  "editor.autoClosingBrackets": "never",
  "editor.autoClosingQuotes": "never",
  "editor.autoIndent": "none",
  "editor.minimap.enabled": false,
  "[yaml]": { "editor.autoIndent": "none" },
  "files.autoSave": "off",
  "secloop.startTimeout": 120,
};

function wanted(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run scripts/test_editors.py`);
  }
  return value;
}

export class CodeServer {
  /**
   * @param options `settings` of the user; `trust`: whether it is asked if folders are trusted; `path`: PATH of
   *   the extension host; `extensions`: programs of further extensions by their ids
   */
  static async start({
    settings = { "secloop.path": SECLOOP },
    trust = false,
    path = process.env.PATH,
    extensions = {},
  } = {}) {
    const home = mkdtempSync(join(tmpdir(), "secloop-vscode-"));
    const env = environment(home, path);
    const folder = join(home, "extensions");
    execFileSync(process.execPath, [ENTRY, "--install-extension", VSIX, "--extensions-dir", folder], { env });
    Object.entries(extensions).forEach(([id, program]) => addExtension(folder, id, program));
    const server = new CodeServer(home, await launchBrowser());
    server.configure(settings);
    const flags = ["--auth=none", "--bind-addr=127.0.0.1:0", "--disable-telemetry", "--disable-update-check"];
    const folders = [`--user-data-dir=${server.data}`, `--extensions-dir=${folder}`];
    const args = [ENTRY, ...flags, ...folders, ...(trust ? [] : ["--disable-workspace-trust"])];
    server.process = spawn(process.execPath, args, { env, detached: true });
    server.url = await addressIn(server.process);
    return server;
  }

  constructor(home, browser) {
    this.home = home;
    this.data = join(home, "data");
    this.browser = browser;
    this.folders = 0;
    this.windows = new Set();
  }

  /** Set the user's settings. */
  configure(settings) {
    mkdirSync(join(this.data, "User"), { recursive: true });
    const all = JSON.stringify({ ...QUIET_SETTINGS, ...settings }, undefined, 2);
    writeFileSync(join(this.data, "User/settings.json"), all);
  }

  /** A new folder with these files. */
  folder(files) {
    this.folders += 1;
    const folder = join(this.home, `workspace-${this.folders}`, "shop");
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  }

  /** Open a folder, or a workspace file in it, in a window of its own. */
  async open(folder, { workspace = undefined } = {}) {
    const context = await this.browser.newContext({
      viewport: WINDOW,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    const [kind, place] = workspace ? ["workspace", join(folder, workspace)] : ["folder", folder];
    await page.goto(`${this.url}/?${kind}=${encodeURIComponent(place)}`);
    await page.locator(".monaco-workbench .part.statusbar").waitFor();
    await untilOpened(page);
    const window = new Workbench(page, folder, SHOTS);
    this.windows.add(window);
    page.once("close", () => this.windows.delete(window));
    return window;
  }

  /** Close every window at a test's end, with a picture of each if it failed. */
  async closeAll(test) {
    for (const window of this.windows) {
      if (!test.passed) {
        await window.shot(`failed ${test.name}`);
      }
      await window.close();
    }
  }

  async stop() {
    await this.browser.close();
    // The whole group, since the extension host and the language server are children of children.
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    process.kill(-this.process.pid, "SIGTERM");
    await ended;
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Wait until the window shows files; loaded anew where code-server has opened nothing, as it does now and then. */
async function untilOpened(page) {
  const files = page.locator(".explorer-folders-view .monaco-list-row");
  const nothing = page.locator(".pane-header", { hasText: /no folder opened/i });
  await files.or(nothing).first().waitFor();
  if ((await nothing.count()) > 0) {
    await page.reload();
    await files.first().waitFor();
  }
}

function environment(home, path) {
  const env = {
    ...process.env,
    PATH: path,
    VSCODE_CLI: "1", // So that the extension host has this environment and not that of a login shell.
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "share"),
  };
  delete env.VSCODE_IPC_HOOK_CLI;
  return env;
}

async function launchBrowser() {
  const { chromium } = await import(pathToFileURL(join(TOOLS, "node_modules/playwright-core/index.mjs")));
  return chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
}

/** Put an extension that is one program beside those that are installed. */
function addExtension(folder, id, program) {
  const [publisher, name] = id.split(".");
  const place = join(folder, `${id}-1.0.0`);
  const about = {
    name,
    publisher,
    version: "1.0.0",
    engines: { vscode: "^1.91.0" },
    main: "main.js",
    activationEvents: [],
  };
  mkdirSync(place);
  writeFileSync(join(place, "main.js"), program);
  writeFileSync(join(place, "package.json"), JSON.stringify(about));
  const list = join(folder, "extensions.json");
  const location = { $mid: 1, path: place, scheme: "file" };
  const entry = { identifier: { id }, version: "1.0.0", location, relativeLocation: `${id}-1.0.0` };
  writeFileSync(list, JSON.stringify([...JSON.parse(readFileSync(list, "utf8")), entry]));
}

function addressIn(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    const read = (data) => {
      said += data;
      const found = /HTTP server listening on (http:\S+?)\/?\s/.exec(said);
      if (found) {
        resolve(found[1]);
      }
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", () => reject(new Error(`code-server ended: ${said}`)));
  });
}
