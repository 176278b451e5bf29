/** One server process and the language client that speaks to it. */

import { spawn, type ChildProcess } from "node:child_process";
import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import { Ending } from "./ending";
import { middleware } from "./middleware";
import type { Settings } from "./settings";
import { wordsOf } from "./words";

const STOP_PATIENCE = 2000;

/** Milliseconds in which an exit may explain what is wrong with the server. */
const EXIT_PATIENCE = 1000;

/** A client whose errors go to the log: what the user is to know is said once, by `Server`. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export class Connection {
  readonly client: LanguageClient;
  private process: ChildProcess | undefined;
  private stopped = false;
  private failStart: ((error: Error) => void) | undefined;
  private readonly ending = new Ending(EXIT_PATIENCE, (why) => {
    this.ended(why);
  });

  /**
   * @param onEnd told once, in words, when a server that had started is of no more use, unless it was stopped
   */
  constructor(
    private readonly program: string,
    private readonly settings: Settings,
    private readonly directory: string,
    private readonly output: vscode.LogOutputChannel,
    private readonly onEnd: (why: string) => void,
  ) {
    const serverOptions = () => Promise.resolve(this.spawn());
    this.client = new QuietClient("secloop", "secloop", serverOptions, this.clientOptions());
  }

  /** Start the server; rejects in words if it ends, is stopped, or does not answer in time. */
  async start(): Promise<void> {
    const seconds = this.settings.startTimeout;
    const timer = setTimeout(() => {
      this.ending.conclude(`it did not answer within ${seconds} seconds`);
    }, seconds * 1000);
    try {
      await new Promise<void>((resolve, reject) => {
        this.failStart = reject;
        this.client.start().then(resolve, (error: unknown) => {
          this.ending.suspect(wordsOf(error));
        });
      });
    } finally {
      clearTimeout(timer);
      this.failStart = undefined;
    }
  }

  /** End the server, politely first unless it is still starting. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.failStart !== undefined) {
      this.ending.conclude("it was stopped");
    }
    try {
      await this.client.dispose(STOP_PATIENCE);
    } catch (error) {
      this.output.debug(`the server did not stop by itself: ${String(error)}`);
    }
    await this.exited(STOP_PATIENCE);
    this.process?.kill("SIGKILL");
  }

  /** Resolves when the process has ended, or after some milliseconds. */
  private exited(patience: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.process?.exitCode !== null || this.process.signalCode !== null) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, patience);
      this.process.once("exit", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private spawn(): ChildProcess {
    const args = ["server", ...this.settings.arguments];
    this.output.info(`starting ${[this.program, ...args].join(" ")}`);
    const child = spawn(this.program, args, { cwd: this.directory, windowsHide: true });
    this.process = child;
    child.on("error", (error) => {
      this.ending.conclude(`it cannot be run: ${error.message}`);
    });
    child.on("exit", (code, signal) => {
      this.output.info(`the server ended (${signal ?? `exit code ${String(code)}`})`);
      this.ending.exited(code, signal);
    });
    child.on("close", () => {
      this.ending.closed();
    });
    child.stderr.on("data", (data: Buffer) => {
      this.ending.said(data.toString());
    });
    return child;
  }

  private ended(why: string): void {
    if (this.failStart !== undefined) {
      this.process?.kill("SIGKILL");
      this.failStart(new Error(why));
    } else if (!this.stopped) {
      this.process?.kill("SIGKILL");
      this.onEnd(why);
    }
  }

  private clientOptions(): LanguageClientOptions {
    return {
      // Every file: rules may be of any language, and rule and policy files count as they are in the editor.
      documentSelector: [{ scheme: "file" }, { scheme: "vscode-notebook-cell" }],
      outputChannel: this.output,
      traceOutputChannel: traceChannel(this.output, this.settings.trace),
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      diagnosticPullOptions: {
        onChange: this.settings.run === "onChange",
        onSave: true,
      },
      initializationOptions: { secloop: { status: true } },
      middleware: middleware(this.settings),
      errorHandler: {
        error: (error) => {
          this.ending.suspect(`its output makes no sense: ${error.message}`);
          return { action: ErrorAction.Continue, handled: true };
        },
        closed: () => {
          this.ending.suspect("it closed its output");
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    };
  }
}

/** The output channel, which shows traces as the setting says and not as its log level does. */
function traceChannel(output: vscode.LogOutputChannel, trace: Settings["trace"]): vscode.LogOutputChannel {
  const level = trace === "off" ? vscode.LogLevel.Info : vscode.LogLevel.Trace;
  return Object.create(output, {
    logLevel: { value: level },
    trace: {
      value: (message: string) => {
        output.info(message);
      },
    },
  }) as vscode.LogOutputChannel;
}
