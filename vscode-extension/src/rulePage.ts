/** The page about a rule. What a rule file says is text: no HTML, script, style or image of its reaches the page. */

import MarkdownIt from "markdown-it";
import type { RuleExplanation } from "./protocol";

export interface PageParts {
  style: string;
  /** What the content security policy has to allow for the style sheet. */
  styleSource: string;
}

const markdown = new MarkdownIt("commonmark", { html: false }).disable(["image"]);
// Of links only those to web pages: neither commands nor files.
markdown.validateLink = (url) => /^https?:/i.test(url);

// Without the line end before a closing fence, which a page shows as an empty line.
markdown.renderer.rules.fence = (tokens, at) =>
  `<pre><code>${escape(tokens[at]?.content.trimEnd() ?? "")}</code></pre>\n`;

/** The page's HTML. */
export function rulePage(rule: RuleExplanation, parts: PageParts): string {
  const all: [string, string][] = [
    ["Severity", rule.severity],
    ["Languages", rule.languages.join(", ")],
    ...Object.entries(rule.metadata).map(([name, value]): [string, string] => [name, plain(value)]),
  ];
  const facts = all.filter(([, value]) => value !== "");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${parts.styleSource};">
<link rel="stylesheet" href="${escape(parts.style)}">
<title>${escape(rule.rule_id)}</title>
</head>
<body>
<h1>${escape(rule.title || rule.rule_id)}</h1>
<main>${markdown.render(rule.markdown)}</main>
<table>${facts.map(([name, value]) => `<tr><th>${escape(name)}</th><td>${escape(value)}</td></tr>`).join("\n")}</table>
</body>
</html>`;
}

function plain(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(plain).filter(Boolean).join(", ");
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
