import { exec } from "child_process";
import * as cp from "child_process";
import { Request, Response } from "express";

export function log(req: Request, res: Response): void {
  const branch: string = req.params.branch as string;
  // ruleid: javascript-command-injection
  exec(`git log ${branch}`);
  // ruleid: javascript-command-injection
  cp.exec("git log " + branch, () => res.end());
  // ok: javascript-command-injection
  cp.execFile("git", ["log", branch]);
}
