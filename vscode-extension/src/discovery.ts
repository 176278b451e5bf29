/** Where the server's program is: what the user set, else the Python environment, else PATH, else our own environment. */

import * as path from "node:path";
import type { Settings } from "./settings";
import { MINIMUM_VERSION, isAtLeast } from "./version";

export type Source = "setting" | "python" | "path" | "private";

export interface Candidate {
  program: string;
  source: Source;
}

/** What discovery may ask of the machine and the editor. */
export interface Surroundings {
  settings: Pick<Settings, "path" | "interpreter">;
  trusted: boolean;
  /** Paths of the open folders. */
  folders: readonly string[];
  pathVariable: string;
  windows: boolean;
  /** Folder of the environment that the extension makes. */
  privateEnvironment: string;
  selectedInterpreter(): Promise<string | undefined>;
  isProgram(file: string): Promise<boolean>;
  realPath(file: string): Promise<string>;
  version(program: string): Promise<VersionAnswer>;
}

export type VersionAnswer = { version: string } | { problem: string };

export type Discovery =
  | { kind: "found"; candidate: Candidate; version: string; notes: string[] }
  | { kind: "missing"; message: string; notes: string[] }
  | { kind: "unusable"; message: string; candidate: Candidate; notes: string[] };

/** Find the program to run; what was passed over, and why, is in the answer's notes. */
export async function discover(around: Surroundings): Promise<Discovery> {
  const notes: string[] = [];
  const allowed: Candidate[] = [];
  for (const candidate of await candidates(around, notes)) {
    if (!around.trusted && (await isInWorkspace(candidate.program, around))) {
      notes.push(`not run, because it is in a workspace that is not trusted: ${candidate.program}`);
    } else if (await around.isProgram(candidate.program)) {
      allowed.push(candidate);
    } else if (candidate.source === "setting") {
      return { kind: "missing", message: notThere(around, candidate), notes };
    }
  }
  return firstUsable(around, allowed, notes);
}

async function firstUsable(around: Surroundings, allowed: Candidate[], notes: string[]): Promise<Discovery> {
  let first: Discovery | undefined;
  for (const candidate of allowed) {
    const answer = await around.version(candidate.program);
    const problem = "problem" in answer ? answer.problem : tooOld(candidate, answer.version);
    if ("version" in answer && problem === undefined) {
      return { kind: "found", candidate, version: answer.version, notes };
    }
    notes.push(`passed over: ${problem ?? ""}`);
    first ??= { kind: "unusable", message: problem ?? "", candidate, notes };
  }
  return (
    first ?? {
      kind: "missing",
      message: "secloop is not installed where this extension looks for it.",
      notes,
    }
  );
}

function tooOld(candidate: Candidate, version: string): string | undefined {
  return isAtLeast(version, MINIMUM_VERSION)
    ? undefined
    : `secloop ${version} (${candidate.program}) is too old: this extension needs ${MINIMUM_VERSION} or newer.`;
}

function notThere(around: Surroundings, candidate: Candidate): string {
  return around.settings.path
    ? `The setting secloop.path names ${candidate.program}, and there is no such program.`
    : `The setting secloop.interpreter names ${around.settings.interpreter}, and secloop is not installed in its environment.`;
}

async function candidates(around: Surroundings, notes: string[]): Promise<Candidate[]> {
  const { settings } = around;
  if (settings.path) {
    return [{ program: settings.path, source: "setting" }];
  }
  if (settings.interpreter) {
    return [{ program: programBeside(settings.interpreter, around.windows), source: "setting" }];
  }
  const found: Candidate[] = [];
  const interpreter = around.trusted ? await around.selectedInterpreter() : undefined;
  if (interpreter) {
    found.push({ program: programBeside(interpreter, around.windows), source: "python" });
  }
  if (!around.trusted) {
    notes.push("the selected Python interpreter is not asked, because this workspace is not trusted");
  }
  // An entry that is not absolute would mean a folder of the workspace.
  for (const folder of around.pathVariable.split(path.delimiter).filter((one) => path.isAbsolute(one))) {
    found.push({ program: path.join(folder, programName(around.windows)), source: "path" });
  }
  found.push({ program: environmentProgram(around.privateEnvironment, around.windows), source: "private" });
  return found;
}

/** The server's program in the environment that an interpreter belongs to. */
export function programBeside(interpreter: string, windows: boolean): string {
  const folder = path.dirname(interpreter);
  // Outside of virtual environments Windows keeps programs in a folder of their own.
  const scripts = windows && path.basename(folder).toLowerCase() !== "scripts";
  return path.join(folder, ...(scripts ? ["Scripts"] : []), programName(windows));
}

/** The server's program in a virtual environment. */
export function environmentProgram(environment: string, windows: boolean): string {
  return path.join(environment, windows ? "Scripts" : "bin", programName(windows));
}

function programName(windows: boolean): string {
  return windows ? "secloop.exe" : "secloop";
}

async function isInWorkspace(program: string, around: Surroundings): Promise<boolean> {
  const [real, ...folders] = await Promise.all(
    [program, ...around.folders].map((one) => around.realPath(one)),
  );
  return [...around.folders, ...folders].some(
    (folder) => isWithin(program, folder) || isWithin(real ?? program, folder),
  );
}

function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, path.resolve(file));
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}
