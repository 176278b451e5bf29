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
import { middleware } from "./middleware";
import type { Settings } from "./settings";

const STOP_PATIENCE = 2000;

/** Milliseconds to wait for the exit code of a server that closed its output. */
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
  private ended = false;
  private failStart: ((error: Error) => void) | undefined;
  private lastWords = "";

  /**
   * @param onEnd told once, in words, when the server ended or its output made no sense, unless it was stopped
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

  /** Start the server; rejects in words if it does not answer in time. */
  async start(): Promise<void> {
    const seconds = this.settings.startTimeout;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`it did not answer within ${seconds} seconds`));
      }, seconds * 1000);
    });
    const gone = new Promise<never>((_, reject) => {
      this.failStart = reject;
    });
    try {
      await Promise.race([this.client.start(), late, gone]);
    } catch (error) {
      this.ended = true;
      this.process?.kill("SIGKILL");
      throw error;
    } finally {
      clearTimeout(timer);
      this.failStart = undefined;
    }
  }

  /** End the server, politely first. */
  async stop(): Promise<void> {
    this.ended = true;
    if (this.failStart !== undefined) {
      this.process?.kill("SIGKILL");
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
      this.end(`it cannot be run: ${error.message}`);
    });
    child.on("exit", (code, signal) => {
      this.output.info(`the server ended (${signal ?? `exit code ${String(code)}`})`);
      const words = signal ? `it was ended by ${signal}` : `it ended with exit code ${String(code)}`;
      this.end(this.lastWords ? `${words} (${this.lastWords})` : words);
    });
    child.stderr.on("data", (data: Buffer) => {
      this.lastWords = data.toString().trim().split("\n").at(-1) ?? "";
    });
    return child;
  }

  private end(why: string): void {
    this.failStart?.(new Error(why));
    if (!this.ended && this.failStart === undefined) {
      this.ended = true;
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
          this.end(`its output makes no sense: ${error.message}`);
          this.process?.kill("SIGKILL");
          return { action: ErrorAction.Continue, handled: true };
        },
        closed: () => {
          setTimeout(() => {
            this.end("it closed its output");
          }, EXIT_PATIENCE);
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
