/** A Python environment of the extension's own, with the server in it, for those who have not installed it. */

import { spawn } from "node:child_process";
import * as path from "node:path";
import * as vscode from "vscode";
import { MINIMUM_VERSION } from "./version";

const INTERPRETERS = process.platform === "win32" ? ["py", "python"] : ["python3", "python"];
const OLDEST_PYTHON = "3.10";

/** Where the environment is, given the extension's global storage. */
export function privateEnvironment(directory: string): string {
  return path.join(directory, "environment");
}

/** Make the environment and install the server into it, with progress; rejects in words. */
export async function installPrivately(directory: string, output: vscode.LogOutputChannel): Promise<void> {
  const options = { location: vscode.ProgressLocation.Notification, title: "secloop", cancellable: true };
  await vscode.window.withProgress(options, async (progress, token) => {
    const run = (program: string, ...args: string[]) => runLogged(program, args, directory, output, token);
    const environment = privateEnvironment(directory);
    progress.report({ message: "making a Python environment…" });
    await run(await interpreter(run), "-I", "-m", "venv", "--clear", environment);
    progress.report({ message: "installing the server…" });
    const folder = process.platform === "win32" ? "Scripts" : "bin";
    const python = path.join(environment, folder, "python");
    await run(
      python,
      "-I",
      "-m",
      "pip",
      "install",
      "--disable-pip-version-check",
      `secloop>=${MINIMUM_VERSION}`,
    );
  });
}

async function interpreter(run: (program: string, ...args: string[]) => Promise<void>): Promise<string> {
  const check = `import sys; sys.exit(sys.version_info < (${OLDEST_PYTHON.replace(".", ", ")}))`;
  for (const program of INTERPRETERS) {
    try {
      await run(program, "-I", "-c", check);
      return program;
    } catch {
      // The next one may do.
    }
  }
  throw new Error(`Python ${OLDEST_PYTHON} or newer is needed, and was not found on PATH.`);
}

function runLogged(
  program: string,
  args: string[],
  directory: string,
  output: vscode.LogOutputChannel,
  token: vscode.CancellationToken,
): Promise<void> {
  output.info([program, ...args].join(" "));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: directory, windowsHide: true });
    let last = "";
    const note = (data: Buffer) => {
      output.info(data.toString().trimEnd());
      last = data.toString().trim().split("\n").at(-1) ?? last;
    };
    child.stdout.on("data", note);
    child.stderr.on("data", note);
    token.onCancellationRequested(() => child.kill());
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) {
        resolve();
      } else {
        reject(new Error(token.isCancellationRequested ? "it was stopped." : last || `${program} failed.`));
      }
    });
  });
}
