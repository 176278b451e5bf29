/** The tree of the Findings view, as plain values. */

import { SEVERITIES, type Finding } from "./protocol";

export const GROUPINGS = ["severity", "rule", "file"] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface Group {
  kind: "group";
  /** What stays the same when findings come and go. */
  id: string;
  label: string;
  findings: Leaf[];
}

export interface Leaf {
  kind: "finding";
  id: string;
  label: string;
  description: string;
  finding: Finding;
}

/** The open findings that a filter lets through, grouped, the most severe first. */
export function group(findings: readonly Finding[], by: Grouping, filter: string): Group[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings
    .filter((one) => one.status === "open" && passes(one, filter))
    .sort(compare)) {
    const key = keyOf(finding, by);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const made = [...groups].map(([label, members]) => toGroup(label, members, by));
  return by === "file" ? made.sort((one, other) => one.label.localeCompare(other.label)) : made;
}

/** Whether every word of the filter is in the finding's rule, path, message or severity. */
export function passes(finding: Finding, filter: string): boolean {
  const text = [finding.rule_id, finding.path, finding.message, finding.severity].join("\n").toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function keyOf(finding: Finding, by: Grouping): string {
  return by === "severity" ? finding.severity : by === "rule" ? finding.rule_id : finding.path;
}

function toGroup(label: string, findings: Finding[], by: Grouping): Group {
  const id = `${by}:${label}`;
  return { kind: "group", id, label, findings: findings.map((finding) => toLeaf(finding, by, id)) };
}

function toLeaf(finding: Finding, by: Grouping, group: string): Leaf {
  const line = finding.range.start.line + 1;
  // The name before the folder: a narrow view cuts off the end.
  const [, folder, name] = /^(?:(.*)\/)?(.*)$/.exec(finding.path) ?? [];
  const place = `${name ?? ""}:${line}${folder ? ` ${folder}` : ""}`;
  const label = by === "rule" ? place : finding.rule_id;
  const description = by === "severity" ? place : by === "file" ? `line ${line}` : "";
  const id = `${group}|${finding.uri}|${finding.fingerprint}|${finding.range.start.line}:${finding.range.start.character}`;
  return { kind: "finding", id, label, description, finding };
}

function compare(one: Finding, other: Finding): number {
  return (
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    one.path.localeCompare(other.path) ||
    one.range.start.line - other.range.start.line ||
    one.range.start.character - other.range.start.character ||
    one.rule_id.localeCompare(other.rule_id)
  );
}
