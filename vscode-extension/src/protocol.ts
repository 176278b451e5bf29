/** What the extension and the server say to each other beyond the Language Server Protocol. */

export const STATUS = "secloop/status";
export const FINDINGS = "secloop/findings";
export const EXPLAIN_RULE = "secloop/explainRule";
export const CHECK_WORKSPACE = "secloop/checkWorkspace";
export const COMPARE_VERDICT = "secloop/compareVerdict";
export const NEW_RULE = "secloop/newRule";
export const VERDICT = "secloop/verdict";

export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

/** Notification `secloop/status`: what is known about one root. */
export interface Status {
  root: string;
  name: string;
  outcome: "pass" | "fail" | "error" | "checking";
  counts: Record<Severity, number>;
  rules: number;
  digest: string;
  /** Whether the whole workspace is meant, or the open files only. */
  whole: boolean;
  errors: string[];
}

export interface TraceStep {
  uri: string;
  range: Range;
  kind: string;
}

export interface Finding {
  uri: string;
  range: Range;
  root: string;
  path: string;
  rule_id: string;
  severity: Severity;
  message: string;
  status: "open" | "suppressed" | "waived" | "baseline";
  fingerprint: string;
  fix: boolean;
  trace: TraceStep[];
}

/** Answer to `secloop/findings`. */
export interface Findings {
  whole: boolean;
  findings: Finding[];
}

/** Answer to `secloop/explainRule`. */
export interface RuleExplanation {
  rule_id: string;
  title: string;
  markdown: string;
  severity: Severity;
  languages: string[];
  metadata: Record<string, unknown>;
  rule_uri: string;
}

/** A finding as the verdict's JSON has it. */
export interface VerdictFinding {
  rule_id: string;
  path: string;
  start: { line: number; column: number };
  severity: Severity;
  message: string;
  uri?: string;
  range?: Range;
}

export type Difference = "rules" | "policy" | "engine" | "content" | "as_of";

/** Answer to `secloop/compareVerdict`. */
export interface Comparison {
  same: boolean;
  reasons: Difference[];
  here: { digest: string };
  ci: { digest: string };
  only_here: VerdictFinding[];
  only_ci: VerdictFinding[];
}

/** Answer to `secloop/newRule`: files with their paths relative to the root. */
export interface NewRule {
  root: string;
  files: { path: string; text: string }[];
}
