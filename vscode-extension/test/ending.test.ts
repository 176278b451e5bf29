// What the user is told of a server that is of no more use, for each order in which its signs can come.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { Ending } from "../src/ending";

const PATIENCE = 1000;

/** An ending, what it has told, and a clock of its own. */
function ending(context: TestContext) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const told: string[] = [];
  const passes = (milliseconds: number) => {
    context.mock.timers.tick(milliseconds);
  };
  return { it: new Ending(PATIENCE, (why) => told.push(why)), told, passes };
}

test("an exit is told with the last words as soon as all has been read", (context) => {
  const { it, told } = ending(context);
  it.said("Traceback\nno module named secloop\n");
  it.exited(3, null);
  assert.deepEqual(told, []);
  it.closed();
  assert.deepEqual(told, ["it ended with exit code 3 (no module named secloop)"]);
});

test("last words that are read after the exit are told as well", (context) => {
  const { it, told } = ending(context);
  it.exited(3, null);
  it.said("no module named secloop\n");
  it.closed();
  assert.deepEqual(told, ["it ended with exit code 3 (no module named secloop)"]);
});

test("an exit is told in time though a child of the server keeps its output open", (context) => {
  const { it, told, passes } = ending(context);
  it.exited(null, "SIGKILL");
  passes(PATIENCE);
  assert.deepEqual(told, ["it was ended by SIGKILL"]);
  it.closed();
  assert.equal(told.length, 1);
});

test("an exit explains a sign that came before it, and one that comes after it", (context) => {
  for (const first of ["write EPIPE", "exit"]) {
    const { it, told, passes } = ending(context);
    const signs = [
      () => {
        it.suspect("its output makes no sense: write EPIPE");
      },
      () => {
        it.exited(3, null);
      },
    ];
    (first === "exit" ? signs.reverse() : signs).forEach((sign) => {
      sign();
    });
    assert.deepEqual(told, []);
    it.closed();
    passes(PATIENCE);
    assert.deepEqual(told, ["it ended with exit code 3"]);
    context.mock.timers.reset();
  }
});

test("a server that goes on is told by the first sign, once", (context) => {
  const { it, told, passes } = ending(context);
  it.suspect("its output makes no sense: no header");
  it.suspect("it closed its output");
  passes(PATIENCE - 1);
  assert.deepEqual(told, []);
  passes(1);
  assert.deepEqual(told, ["its output makes no sense: no header"]);
  it.exited(null, "SIGKILL");
  it.closed();
  passes(PATIENCE);
  assert.equal(told.length, 1);
});

test("output that is closed says nothing by itself", (context) => {
  const { it, told, passes } = ending(context);
  it.closed();
  passes(PATIENCE);
  assert.deepEqual(told, []);
});

test("what needs no explanation is told at once, and nothing after it", (context) => {
  const { it, told, passes } = ending(context);
  it.suspect("it closed its output");
  it.conclude("it did not answer within 2 seconds");
  assert.deepEqual(told, ["it did not answer within 2 seconds"]);
  it.exited(1, null);
  passes(PATIENCE);
  assert.equal(told.length, 1);
});
