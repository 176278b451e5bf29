import assert from "node:assert/strict";
import { test } from "node:test";
import { group, passes } from "../src/findingsModel";
import type { Finding } from "../src/protocol";

function finding(path: string, line: number, more: Partial<Finding> = {}): Finding {
  const position = { line, character: 4 };
  return {
    uri: `file:///ws/${path}`,
    range: { start: position, end: position },
    root: "/ws",
    path,
    rule_id: "python-yaml-unsafe-load",
    severity: "high",
    message: "`yaml.load` builds any object",
    status: "open",
    fingerprint: `${path}${line}`,
    fix: true,
    trace: [],
    ...more,
  };
}

const FINDINGS = [
  finding("src/b.py", 9, { severity: "low", rule_id: "python-assert" }),
  finding("src/b.py", 3),
  finding("a.py", 5),
  finding("a.py", 1, { status: "waived" }),
];

function shape(by: "severity" | "rule" | "file", filter = ""): string[] {
  return group(FINDINGS, by, filter).flatMap((one) => [
    one.label,
    ...one.findings.map((leaf) => `  ${leaf.label} ${leaf.description}`.trimEnd()),
  ]);
}

test("by severity the most severe come first, each with its place", () => {
  assert.deepEqual(shape("severity"), [
    "high",
    "  python-yaml-unsafe-load a.py:6",
    "  python-yaml-unsafe-load b.py:4 src",
    "low",
    "  python-assert b.py:10 src",
  ]);
});

test("by rule a finding is named by its place", () => {
  assert.deepEqual(shape("rule"), [
    "python-yaml-unsafe-load",
    "  a.py:6",
    "  b.py:4 src",
    "python-assert",
    "  b.py:10 src",
  ]);
});

test("by file the files are in order of their names", () => {
  assert.deepEqual(shape("file"), [
    "a.py",
    "  python-yaml-unsafe-load line 6",
    "src/b.py",
    "  python-yaml-unsafe-load line 4",
    "  python-assert line 10",
  ]);
});

test("a filter lets through what has all of its words, wherever they are", () => {
  assert.deepEqual(shape("rule", "B.py ASSERT"), ["python-assert", "  b.py:10 src"]);
  assert.deepEqual(shape("rule", "nothing"), []);
  assert.equal(passes(finding("a.py", 1), "builds high"), true);
});

test("no two nodes have the same id, also where one finding is there twice", () => {
  const twice = [finding("a.py", 1, { fingerprint: "same" }), finding("a.py", 2, { fingerprint: "same" })];
  const ids = group(twice, "file", "").flatMap((one) => [one.id, ...one.findings.map((leaf) => leaf.id)]);
  assert.equal(new Set(ids).size, ids.length);
});
