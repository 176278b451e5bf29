/** What the comparison with a verdict of CI says, as plain values. */

import type { Comparison, Difference as Reason, Range, VerdictFinding } from "./protocol";

export interface Difference {
  label: string;
  place: string;
  uri: string | undefined;
  range: Range | undefined;
}

const REASONS: Record<Reason, string> = {
  rules: "the rules",
  policy: "the policy",
  engine: "the engine",
  content: "the content of files",
  as_of: "the day",
};

/** One sentence about how the verdict here and that of CI compare. */
export function headline(comparison: Comparison): string {
  if (comparison.same) {
    return `The verdict here is that of CI: digest ${comparison.here.digest}.`;
  }
  const reasons = comparison.reasons.map((reason) => REASONS[reason]);
  return `The verdict here differs from that of CI${reasons.length ? ` in ${reasons.join(", ")}` : ""}.`;
}

/** The findings that are on one side only, under a title each. */
export function differences(comparison: Comparison): { title: string; members: Difference[] }[] {
  const sides = [
    { title: "Only here", members: comparison.only_here.map(toDifference) },
    { title: "Only in CI", members: comparison.only_ci.map(toDifference) },
  ];
  return sides.filter((side) => side.members.length);
}

function toDifference(finding: VerdictFinding): Difference {
  return {
    label: finding.rule_id,
    place: `${finding.path}:${finding.start.line}`,
    uri: finding.uri,
    range: finding.range,
  };
}
