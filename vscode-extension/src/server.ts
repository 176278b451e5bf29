/** The server as the rest of the extension sees it: found, started, restarted within limits, stopped. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { Connection } from "./connection";
import { discover, type Discovery } from "./discovery";
import { installPrivately, privateEnvironment } from "./environment";
import { askVersion, isProgram, realPath } from "./probe";
import { selectedInterpreter } from "./python";
import { Restarts } from "./restarts";
import type { Settings } from "./settings";
import { VERSION_PATIENCE } from "./version";
import { wordsOf } from "./words";

/** What the server is doing, for the status bar. */
export type State =
  | { kind: "off" | "starting" | "stopped" }
  | { kind: "running"; program: string; version: string; notes: string[] }
  | { kind: "failed"; message: string };

const RESTART = "Restart";
const SHOW_LOG = "Show Log";
const OPEN_SETTINGS = "Open Settings";
const INSTALL = "Install for VS Code Only";

export class Server implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<State>();
  /** Told of every change of state. */
  readonly onDidChange = this.changed.event;
  private readonly restarts = new Restarts();
  private connection: Connection | undefined;
  private work: Promise<void> = Promise.resolve();
  state: State = { kind: "stopped" };

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: vscode.LogOutputChannel,
    private readonly settings: () => Settings,
    private readonly prepare: (client: LanguageClient) => void,
  ) {}

  /** The client, if the server runs. */
  get client(): LanguageClient | undefined {
    return this.state.kind === "running" ? this.connection?.client : undefined;
  }

  /** The client; otherwise rejects with words for the user. */
  require(): LanguageClient {
    if (this.client === undefined) {
      throw new Error("secloop is not running.");
    }
    return this.client;
  }

  /** Stop what runs and start anew, because the user or a setting wants it. */
  restart(): Promise<void> {
    this.restarts.forget();
    void this.stop(); // Also one that is still starting: nobody is to wait for it.
    return this.queue();
  }

  async stop(): Promise<void> {
    const connection = this.connection;
    this.connection = undefined;
    await connection?.stop();
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
  }

  /** One start at a time, in the order in which they were asked for. */
  private queue(): Promise<void> {
    this.work = this.work.then(
      () => this.run(),
      () => this.run(),
    );
    return this.work;
  }

  private async run(): Promise<void> {
    await this.stop();
    const settings = this.settings();
    if (!settings.enable) {
      this.set({ kind: "off" });
      return;
    }
    this.set({ kind: "starting" });
    const found = await this.find(settings);
    found.notes.forEach((note) => {
      this.output.info(note);
    });
    if (found.kind === "found") {
      await this.connect(found, settings);
    } else {
      this.fail(found.message, settings.path || settings.interpreter ? OPEN_SETTINGS : INSTALL);
    }
  }

  private async find(settings: Settings): Promise<Discovery> {
    const directory = this.directory();
    await vscode.workspace.fs.createDirectory(vscode.Uri.file(directory));
    return discover({
      settings,
      trusted: vscode.workspace.isTrusted,
      folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      pathVariable: process.env["PATH"] ?? "",
      windows: process.platform === "win32",
      privateEnvironment: privateEnvironment(directory),
      selectedInterpreter: () => this.interpreter(),
      isProgram,
      realPath,
      version: (program) => askVersion(program, directory, VERSION_PATIENCE),
    });
  }

  private async interpreter(): Promise<string | undefined> {
    try {
      return await selectedInterpreter();
    } catch (error) {
      this.output.warn(`the Python extension does not tell its interpreter: ${wordsOf(error)}`);
      return undefined;
    }
  }

  private async connect(found: Extract<Discovery, { kind: "found" }>, settings: Settings): Promise<void> {
    const { program } = found.candidate;
    const connection = new Connection(program, settings, this.directory(), this.output, (why) => {
      this.ended(why);
    });
    this.connection = connection;
    this.prepare(connection.client);
    try {
      await connection.start();
      this.set({ kind: "running", program, version: found.version, notes: found.notes });
    } catch (error) {
      if (this.connection !== connection) {
        return; // It was stopped meanwhile.
      }
      this.fail(`secloop did not start: ${wordsOf(error)} (${program}).`, RESTART);
    }
  }

  private ended(why: string): void {
    if (this.restarts.mayRestart()) {
      this.output.warn(`the server is started again, because ${why}`);
      void this.queue();
    } else {
      this.fail(`secloop stopped too often, so it is not started again: ${why}.`, RESTART);
    }
  }

  /** The one message about a server that cannot be used, with ways out. */
  private fail(message: string, wayOut: string): void {
    this.output.error(message);
    this.set({ kind: "failed", message });
    void vscode.window.showErrorMessage(message, wayOut, SHOW_LOG).then((chosen) => this.follow(chosen));
  }

  private async follow(chosen: string | undefined): Promise<void> {
    if (chosen === RESTART) {
      await this.restart();
    } else if (chosen === SHOW_LOG) {
      this.output.show();
    } else if (chosen === OPEN_SETTINGS) {
      await openSettings();
    } else if (chosen === INSTALL) {
      await this.install();
    }
  }

  /** Install the server into an environment of the extension's own, and start it. */
  async install(): Promise<void> {
    try {
      await installPrivately(this.directory(), this.output);
      await this.restart();
    } catch (error) {
      this.fail(`secloop could not be installed: ${wordsOf(error)}`, INSTALL);
    }
  }

  /** Where programs run and our environment is: never the workspace. */
  private directory(): string {
    return this.context.globalStorageUri.fsPath;
  }

  private set(state: State): void {
    this.state = state;
    this.changed.fire(state);
  }
}

/** Show the setting of the server's program, which in a remote window is one of the remote machine's. */
async function openSettings(): Promise<void> {
  const command = vscode.env.remoteName
    ? "workbench.action.openRemoteSettings"
    : "workbench.action.openSettings";
  await vscode.commands.executeCommand(command, { query: "secloop.path" });
}
