import assert from "node:assert/strict";
import { test } from "node:test";
import { needsRestart, readSettings, substitute, type Settings } from "../src/settings";

const PLACES = { folder: "/ws", home: "/home/kim", env: { TOOLS: "/tools" } };

function settings(values: Record<string, unknown>): Settings {
  return readSettings((key) => values[key], PLACES);
}

test("without settings secloop runs on every change, and looks for its server", () => {
  assert.deepEqual(settings({}), {
    enable: true,
    path: "",
    interpreter: "",
    arguments: [],
    run: "onChange",
    checkClosedFiles: true,
    startTimeout: 30,
    trace: "off",
  });
});

test("values of the wrong type count as not given", () => {
  const wrong = { path: 3, arguments: "x", run: "never", startTimeout: "soon", "trace.server": 1 };
  assert.deepEqual(settings(wrong), settings({}));
});

test("home, folder and environment variables are put in where they are named", () => {
  assert.equal(substitute("~/bin/secloop", PLACES), "/home/kim/bin/secloop");
  assert.equal(substitute("${workspaceFolder}/x", PLACES), "/ws/x");
  assert.equal(substitute("${userHome}/${env:TOOLS}${env:NONE}", PLACES), "/home/kim//tools");
  assert.equal(substitute("~other/${unknown}", PLACES), "~other/${unknown}");
  assert.deepEqual(settings({ arguments: ["--x=${workspaceFolder}"] }).arguments, ["--x=/ws"]);
});

test("a server is started anew for what changes the process, and not for what only changes what is shown", () => {
  const before = settings({});
  assert.equal(needsRestart(before, settings({ path: "/other" })), true);
  assert.equal(needsRestart(before, settings({ arguments: ["--verbose"] })), true);
  assert.equal(needsRestart(before, settings({ enable: false })), true);
  assert.equal(needsRestart(before, settings({ startTimeout: 5 })), false);
  assert.equal(needsRestart(before, settings({ showFrom: "high" })), false);
});
