import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { discover, environmentProgram, programBeside, type Surroundings } from "../src/discovery";

/** A machine with these programs, each with the version that it says. */
function machine(programs: Record<string, string>, more: Partial<Surroundings> = {}): Surroundings {
  return {
    settings: { path: "", interpreter: "" },
    trusted: true,
    folders: ["/ws"],
    pathVariable: "/usr/bin:/opt/bin",
    windows: false,
    privateEnvironment: "/storage/environment",
    selectedInterpreter: () => Promise.resolve(undefined),
    isProgram: (file) => Promise.resolve(file in programs),
    realPath: (file) => Promise.resolve(file),
    version: (program) => {
      const version = programs[program] ?? "";
      return Promise.resolve(/^\d/.test(version) ? { version } : { problem: version });
    },
    ...more,
  };
}

async function found(around: Surroundings): Promise<string> {
  const answer = await discover(around);
  return answer.kind === "found" ? answer.candidate.program : `${answer.kind}: ${answer.message}`;
}

const PYTHON = { selectedInterpreter: () => Promise.resolve("/ws/.venv/bin/python") };
const EVERYWHERE = {
  "/set/secloop": "0.1.0",
  "/ws/.venv/bin/secloop": "0.1.0",
  "/opt/bin/secloop": "0.1.0",
  "/storage/environment/bin/secloop": "0.1.0",
};

test("the setting comes first, then the selected interpreter, PATH, and the private environment", async () => {
  const programs: Record<string, string> = { ...EVERYWHERE };
  const setting = { settings: { path: "/set/secloop", interpreter: "" } };
  assert.equal(await found(machine(programs, { ...PYTHON, ...setting })), "/set/secloop");
  assert.equal(await found(machine(programs, PYTHON)), "/ws/.venv/bin/secloop");
  delete programs["/ws/.venv/bin/secloop"];
  assert.equal(await found(machine(programs, PYTHON)), "/opt/bin/secloop");
  delete programs["/opt/bin/secloop"];
  assert.equal(await found(machine(programs, PYTHON)), "/storage/environment/bin/secloop");
  delete programs["/storage/environment/bin/secloop"];
  assert.match(await found(machine(programs, PYTHON)), /^missing: secloop is not installed/);
});

test("an interpreter that is set stands for the environment that it belongs to", async () => {
  const settings = { path: "", interpreter: "/ws/.venv/bin/python" };
  assert.equal(await found(machine(EVERYWHERE, { settings })), "/ws/.venv/bin/secloop");
});

test("a set program that is not there is said to be missing, and nothing else is run instead", async () => {
  const settings = { path: "/gone/secloop", interpreter: "" };
  assert.match(await found(machine(EVERYWHERE, { settings })), /secloop\.path names \/gone\/secloop/);
  const other = { path: "", interpreter: "/gone/python" };
  assert.match(
    await found(machine(EVERYWHERE, { settings: other })),
    /secloop\.interpreter names \/gone\/python/,
  );
});

test("one that is too old is passed over for the next, and named if there is no other", async () => {
  const old = { "/usr/bin/secloop": "0.0.9", "/opt/bin/secloop": "0.2.0" };
  assert.equal(await found(machine(old)), "/opt/bin/secloop");
  assert.match(
    await found(machine({ "/usr/bin/secloop": "0.0.9" })),
    /^unusable: secloop 0\.0\.9 \(\/usr\/bin\/secloop\) is too old: .* 0\.1\.0 or newer/,
  );
});

test("one that does not say its version is passed over, and the reason told", async () => {
  assert.match(await found(machine({ "/usr/bin/secloop": "it hangs" })), /^unusable: it hangs/);
});

test("in an untrusted workspace nothing of it runs: not its interpreter, nor what PATH or the user's settings name in it", async () => {
  const untrusted = { trusted: false, ...PYTHON };
  assert.equal(await found(machine(EVERYWHERE, untrusted)), "/opt/bin/secloop");
  const inside = { "/ws/bin/secloop": "0.1.0" };
  assert.match(await found(machine(inside, { ...untrusted, pathVariable: "/ws/bin" })), /^missing/);
  const settings = { path: "/ws/bin/secloop", interpreter: "" };
  assert.match(await found(machine(inside, { ...untrusted, settings })), /^missing/);
});

test("in an untrusted workspace a link into it is not run either, and the notes say so", async () => {
  const around = machine(
    { "/opt/bin/secloop": "0.1.0" },
    { trusted: false, realPath: (file) => Promise.resolve(file.replace("/opt", "/ws")) },
  );
  const answer = await discover(around);
  assert.equal(answer.kind, "missing");
  assert.ok(answer.notes.some((note) => note.includes("not trusted: /opt/bin/secloop")));
});

test("entries of PATH that are not absolute are never looked at, since they would mean the workspace", async () => {
  const asked: string[] = [];
  const isProgram = (file: string) => {
    asked.push(file);
    return Promise.resolve(false);
  };
  await discover(machine({}, { pathVariable: ".:bin::/usr/bin", isProgram }));
  assert.deepEqual(asked, ["/usr/bin/secloop", "/storage/environment/bin/secloop"]);
});

test("on Windows programs are in Scripts, and beside the interpreter in a virtual environment", () => {
  assert.equal(
    programBeside(join("C", "Python", "python.exe"), true),
    join("C", "Python", "Scripts", "secloop.exe"),
  );
  const scripts = join("C", "venv", "Scripts");
  assert.equal(programBeside(join(scripts, "python.exe"), true), join(scripts, "secloop.exe"));
  assert.equal(environmentProgram(join("C", "venv"), true), join(scripts, "secloop.exe"));
});
