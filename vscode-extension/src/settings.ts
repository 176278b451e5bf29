/** The extension's settings, read and resolved; none of them changes a verdict. */

import * as os from "node:os";

export type Run = "onChange" | "onSave";

export interface Settings {
  enable: boolean;
  /** The server's program, or "" to look for it. */
  path: string;
  /** A Python interpreter whose environment has the server, or "". */
  interpreter: string;
  arguments: string[];
  run: Run;
  checkClosedFiles: boolean;
  /** Seconds that the server has to answer its first request. */
  startTimeout: number;
  trace: "off" | "messages" | "verbose";
}

/** Settings whose change needs another server process. */
const STARTS_ANEW: readonly (keyof Settings)[] = [
  "enable",
  "path",
  "interpreter",
  "arguments",
  "run",
  "checkClosedFiles",
  "trace",
];

export interface Places {
  /** The first workspace folder's path, or undefined if none is open. */
  folder: string | undefined;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** Read all settings; `get` looks one up below the section `secloop`. */
export function readSettings(get: (key: string) => unknown, places: Places): Settings {
  const text = (key: string) => {
    const value = get(key);
    return typeof value === "string" ? substitute(value.trim(), places) : "";
  };
  const list = get("arguments");
  return {
    enable: get("enable") !== false,
    path: text("path"),
    interpreter: text("interpreter"),
    arguments: Array.isArray(list) ? list.map((one) => substitute(String(one), places)) : [],
    run: get("run") === "onSave" ? "onSave" : "onChange",
    checkClosedFiles: get("checkClosedFiles") !== false,
    startTimeout: Math.max(1, Number(get("startTimeout")) || 30),
    trace: trace(get("trace.server")),
  };
}

/** Whether going from one set of settings to another needs another server process. */
export function needsRestart(before: Settings, after: Settings): boolean {
  return STARTS_ANEW.some((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
}

/** Places of this process. */
export function placesOf(folder: string | undefined): Places {
  return { folder, home: os.homedir(), env: process.env };
}

function trace(value: unknown): Settings["trace"] {
  return value === "messages" || value === "verbose" ? value : "off";
}

/** Replace `~` and the variables that VS Code's own settings know; an unknown one stays and is seen. */
export function substitute(text: string, places: Places): string {
  const home = /^~(?=$|[\\/])/.test(text) ? places.home + text.slice(1) : text;
  return home.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
    if (name === "userHome") {
      return places.home;
    }
    if (name === "workspaceFolder") {
      return places.folder ?? whole;
    }
    return name.startsWith("env:") ? (places.env[name.slice(4)] ?? "") : whole;
  });
}
