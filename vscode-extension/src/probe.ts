/** Looks at programs on disk and asks them for their version. */

import { execFile } from "node:child_process";
import { access, constants, realpath, stat } from "node:fs/promises";
import type { VersionAnswer } from "./discovery";
import { parseVersion } from "./version";

/** Whether there is a file that may be run. */
export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** A path without symbolic links; the path itself if there is nothing there. */
export async function realPath(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    return file;
  }
}

/**
 * Ask a program for its version.
 *
 * @param directory where it runs: never the workspace, whose files could change what Python imports
 * @param seconds how long it has to answer
 */
export function askVersion(program: string, directory: string, seconds: number): Promise<VersionAnswer> {
  return new Promise((resolve) => {
    const options = {
      cwd: directory,
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
      windowsHide: true,
    } as const;
    execFile(program, ["--version"], options, (error, stdout) => {
      const version = parseVersion(stdout);
      if (version !== undefined) {
        resolve({ version });
      } else if (error?.killed) {
        resolve({ problem: `${program} did not say its version within ${seconds} seconds.` });
      } else if (error) {
        resolve({ problem: `${program} cannot be run: ${firstLine(error.message)}` });
      } else {
        resolve({ problem: `${program} is not secloop: its answer to --version has no version in it.` });
      }
    });
  });
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}
