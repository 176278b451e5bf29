// Starts VS Code (code-server) with the packed extension in it, and opens folders in a browser.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
   * @param {{settings?: object, trust?: boolean, path?: string}} options `settings` of the user;
   *   `trust`: whether folders are asked about; `path`: PATH of the extension host
   */
  static async start({
    settings = { "secloop.path": SECLOOP },
    trust = false,
    path = process.env.PATH,
  } = {}) {
    const { chromium } = await import(pathToFileURL(join(TOOLS, "node_modules/playwright-core/index.mjs")));
    const home = mkdtempSync(join(tmpdir(), "secloop-vscode-"));
    const [data, extensions] = [join(home, "data"), join(home, "extensions")];
    const env = {
      ...process.env,
      PATH: path,
      VSCODE_CLI: "1", // So that the extension host has this environment and not that of a login shell.
      XDG_CONFIG_HOME: join(home, "config"),
      XDG_DATA_HOME: join(home, "share"),
    };
    delete env.VSCODE_IPC_HOOK_CLI;
    execFileSync(process.execPath, [ENTRY, "--install-extension", VSIX, "--extensions-dir", extensions], {
      env,
    });
    const server = new CodeServer(
      home,
      data,
      await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS }),
    );
    server.configure(settings);
    const args = [
      ENTRY,
      "--auth",
      "none",
      "--bind-addr",
      "127.0.0.1:0",
      "--disable-telemetry",
      "--disable-update-check",
    ];
    args.push(
      "--user-data-dir",
      data,
      "--extensions-dir",
      extensions,
      ...(trust ? [] : ["--disable-workspace-trust"]),
    );
    server.process = spawn(process.execPath, args, { env, detached: true });
    server.url = await addressIn(server.process);
    return server;
  }

  constructor(home, data, browser) {
    this.home = home;
    this.data = data;
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

  /** Open a folder in a window of its own. */
  async open(folder, { size = { width: 1000, height: 560 } } = {}) {
    const context = await this.browser.newContext({
      viewport: size,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    await page.goto(`${this.url}/?folder=${encodeURIComponent(folder)}`);
    await page.locator(".monaco-workbench .part.statusbar").waitFor();
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
