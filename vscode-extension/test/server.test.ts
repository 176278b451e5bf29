// What is decided about the server's process: its version and how often it is started again.
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { askVersion, isProgram } from "../src/probe";
import { Restarts } from "../src/restarts";
import { isAtLeast, parseVersion } from "../src/version";

test("versions are compared number by number, and what follows them does not count", () => {
  assert.ok(isAtLeast("0.10.0", "0.9.1"));
  assert.ok(isAtLeast("1", "1.0.0"));
  assert.ok(isAtLeast("1.0.0rc1", "1.0"));
  assert.ok(!isAtLeast("0.9", "0.9.1"));
  assert.ok(!isAtLeast("nonsense", "0.1"));
});

test("a version is read from the line that the program prints, and from nothing else", () => {
  assert.equal(parseVersion("secloop, version 1.2.3\n"), "1.2.3");
  assert.equal(parseVersion("warning\nsecloop, version 1.2.3.dev4\n"), "1.2.3.dev4");
  assert.equal(parseVersion("other, version 1.2.3"), undefined);
});

test("a server that ended is started again three times within three minutes, then the user is asked", () => {
  let now = 0;
  const restarts = new Restarts(() => now);
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => restarts.mayRestart()),
    [true, true, true, false, false],
  );
  now += 200_000;
  assert.equal(restarts.mayRestart(), true);
});

test("when the user starts it, counting begins anew", () => {
  const restarts = new Restarts(() => 0);
  [1, 2, 3, 4].forEach(() => restarts.mayRestart());
  restarts.forget();
  assert.equal(restarts.mayRestart(), true);
});

const folder = mkdtempSync(join(tmpdir(), "secloop-probe-"));

function script(name: string, lines: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${lines}\n`);
  chmodSync(file, 0o755);
  return file;
}

test("a program says its version, or what is wrong with it is told in words", async () => {
  const ask = (name: string, lines: string) => askVersion(script(name, lines), folder, 1);
  assert.deepEqual(await ask("good", "echo secloop, version 0.3.0"), { version: "0.3.0" });
  assert.match(problem(await ask("garbage", "echo hello")), /garbage is not secloop/);
  assert.match(problem(await ask("slow", "exec sleep 60")), /slow did not say its version within 1 seconds/);
  assert.match(problem(await ask("broken", "exit 3")), /broken cannot be run/);
});

test("a folder is no program, nor is a file that may not be run", async () => {
  const plain = join(folder, "plain");
  writeFileSync(plain, "");
  assert.equal(await isProgram(folder), false);
  assert.equal(await isProgram(plain), false);
  assert.equal(await isProgram(script("runs", "")), true);
});

function problem(answer: { version: string } | { problem: string }): string {
  return "problem" in answer ? answer.problem : `no problem: ${answer.version}`;
}
