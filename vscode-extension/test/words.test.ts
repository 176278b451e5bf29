// What is shown: the status bar, the page about a rule, the comparison with CI, dates, steps of a data flow.
import assert from "node:assert/strict";
import { test } from "node:test";
import { differences, headline } from "../src/comparison";
import { expiryProblem, inDays } from "../src/dates";
import type { Comparison, RuleExplanation, Status } from "../src/protocol";
import { rulePage } from "../src/rulePage";
import type { State } from "../src/server";
import { statusText } from "../src/statusText";
import { Walk } from "../src/walk";

const RUNNING: State = { kind: "running", program: "/opt/secloop", version: "0.1.0", notes: [] };

function status(more: Partial<Status> = {}): Status {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  return {
    root: "/ws",
    name: "ws",
    outcome: "pass",
    counts,
    rules: 80,
    digest: "abc",
    whole: true,
    errors: [],
    ...more,
  };
}

test("the status bar says pass, or how many findings there are of which severity, over all roots", () => {
  assert.equal(statusText(RUNNING, [status()], true).text, "$(pass) secloop: pass");
  const counts = { critical: 0, high: 2, medium: 0, low: 1, info: 0 };
  const text = statusText(
    RUNNING,
    [status({ outcome: "fail", counts }), status({ root: "/b", counts })],
    true,
  );
  assert.equal(text.text, "$(error) secloop: 4 high, 2 low");
  assert.equal(text.level, "warning");
});

test("its tooltip has the digest, the number of rules and the errors", () => {
  const { text, tooltip } = statusText(
    RUNNING,
    [status({ outcome: "error", errors: ["a rule is broken"] })],
    true,
  );
  assert.equal(text, "$(warning) secloop: could not decide");
  assert.match(tooltip, /80 rules/);
  assert.match(tooltip, /`abc`/);
  assert.match(tooltip, /a rule is broken/);
});

test("a failure and an untrusted workspace are said", () => {
  assert.equal(statusText({ kind: "failed", message: "too old" }, [], true).tooltip, "too old");
  assert.match(statusText(RUNNING, [status()], false).tooltip, /not trusted/);
  assert.match(statusText({ kind: "off" }, [], true).text, /off/);
});

function page(more: Partial<RuleExplanation>): string {
  const rule: RuleExplanation = {
    rule_id: "python-x",
    title: "X",
    markdown: "Text",
    severity: "high",
    languages: ["python"],
    metadata: {},
    rule_uri: "",
    ...more,
  };
  return rulePage(rule, { style: "webview:/rule.css", styleSource: "webview:" });
}

test("a rule's page allows a style sheet and nothing else", () => {
  assert.match(page({}), /content="default-src 'none'; style-src webview:;"/);
  assert.doesNotMatch(page({}), /<script/);
});

test("what a hostile rule says is text in its page: no element, no image, no link but to the web", () => {
  const evil = "<script>alert(1)</script><img src=x onerror=alert(1)>";
  const html = page({
    rule_id: evil,
    title: evil,
    markdown: `${evil}\n\n![i](https://example.com/i.png) [c](command:evil) [f](file:///etc) [w](https://example.com)`,
    metadata: { [evil]: evil, nested: { a: 1 } },
  });
  assert.doesNotMatch(html, /<script|<img/);
  assert.doesNotMatch(html, /href="(?!https:|webview:)/);
  assert.match(html, /href="https:\/\/example\.com"/);
});

const COMPARISON: Comparison = {
  same: false,
  reasons: ["rules", "content"],
  here: { digest: "a" },
  ci: { digest: "b" },
  only_here: [],
  only_ci: [{ rule_id: "r", path: "a.py", start: { line: 3, column: 1 }, severity: "high", message: "m" }],
};

test("the comparison with CI says in what the verdicts differ, and which findings only one of them has", () => {
  assert.equal(
    headline(COMPARISON),
    "The verdict here differs from that of CI in the rules, the content of files.",
  );
  assert.deepEqual(
    differences(COMPARISON).map(({ title, members }) => [
      title,
      ...members.map((one) => `${one.label} ${one.place}`),
    ]),
    [["Only in CI", "r a.py:3"]],
  );
  assert.match(headline({ ...COMPARISON, same: true }), /is that of CI: digest a/);
});

test("an expiry date must exist and not be over", () => {
  const today = new Date(2026, 0, 31);
  assert.equal(inDays(today, 1), "2026-02-01");
  assert.equal(expiryProblem("2026-01-31", today), undefined);
  assert.equal(expiryProblem("2026-01-30", today), "This day is over.");
  assert.match(expiryProblem("2026-02-30", today) ?? "", /Write a date/);
  assert.match(expiryProblem("soon", today) ?? "", /Write a date/);
});

test("a walk along a data flow ends at both ends", () => {
  const step = (line: number) => ({
    uri: "u",
    line,
    character: 0,
    endLine: line,
    endCharacter: 1,
    message: "m",
  });
  const walk = new Walk([step(1), step(2)], -1);
  assert.deepEqual(
    [1, 1, 1, -1, -1].map((by) => walk.move(by)?.line),
    [1, 2, 2, 1, 1],
  );
  assert.equal(walk.label(step(1)), "1/2 m");
});
