/** What the status bar says, as plain values. */

import { SEVERITIES, type Status } from "./protocol";
import type { State } from "./server";

export interface StatusText {
  text: string;
  /** Markdown. */
  tooltip: string;
  level: "normal" | "warning" | "error";
}

const PHASES: Record<"off" | "starting" | "stopped", [string, string]> = {
  off: ["$(shield) secloop off", "secloop is switched off by the setting `secloop.enable`."],
  starting: ["$(loading~spin) secloop", "secloop is starting."],
  stopped: ["$(shield) secloop", "secloop is not running."],
};

/** The text for the server's state and what it said of each root. */
export function statusText(state: State, statuses: readonly Status[], trusted: boolean): StatusText {
  if (state.kind === "failed") {
    return { text: "$(error) secloop", tooltip: state.message, level: "error" };
  }
  if (state.kind !== "running") {
    const [text, tooltip] = PHASES[state.kind];
    return { text, tooltip, level: "normal" };
  }
  const parts = [...statuses.map(about), `Server ${state.version}: \`${state.program}\``];
  if (!trusted) {
    parts.push(
      "**This workspace is not trusted**: programs and interpreters in it, or named by its settings, are not run.",
    );
  }
  return { text: verdictText(statuses), tooltip: parts.join("\n\n"), level: levelOf(statuses) };
}

function verdictText(statuses: readonly Status[]): string {
  if (statuses.length === 0 || statuses.some((one) => one.outcome === "checking")) {
    return "$(sync~spin) secloop";
  }
  if (statuses.some((one) => one.outcome === "error")) {
    return "$(warning) secloop: could not decide";
  }
  const counts = countsOf(statuses);
  const shield = statuses.some((one) => one.outcome === "fail") ? "$(error)" : "$(pass)";
  return `${shield} secloop: ${counts || "pass"}`;
}

/** Counts by severity over all roots, such as `2 high, 1 low`. */
function countsOf(statuses: readonly Status[]): string {
  return SEVERITIES.map((severity) => [
    statuses.reduce((sum, one) => sum + one.counts[severity], 0),
    severity,
  ])
    .filter(([count]) => count !== 0)
    .map(([count, severity]) => `${String(count)} ${String(severity)}`)
    .join(", ");
}

function levelOf(statuses: readonly Status[]): StatusText["level"] {
  if (statuses.some((one) => one.outcome === "error")) {
    return "error";
  }
  return statuses.some((one) => one.outcome === "fail") ? "warning" : "normal";
}

function about(status: Status): string {
  const scope = status.whole ? "whole workspace" : "open files";
  const lines = [
    `**${status.name}**: ${status.outcome} (${scope}), ${countsOf([status]) || "no findings"}`,
    `${status.rules} rules`,
    ...(status.digest ? [`digest \`${status.digest}\``] : []),
    ...status.errors.map((error) => `$(error) ${error}`),
  ];
  return lines.join("  \n");
}
