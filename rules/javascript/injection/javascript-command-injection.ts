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

import { Body, Controller, Param, Query } from "@nestjs/common";

@Controller("tools")
export class Tools {
  start(@Query("name") name: string) {
    // ruleid: javascript-command-injection
    exec("tool " + name);
  }
  show(@Param("id") id: number, @Body() body: Options) {
    // ok: javascript-command-injection
    exec("tool " + id);
    // ruleid: javascript-command-injection
    exec("tool " + body.name);
  }
}

export async function claimed(request: Request) {
  const { name } = request.query as { name: string };
  // ruleid: javascript-command-injection
  exec(`tool ${name}`);
}
