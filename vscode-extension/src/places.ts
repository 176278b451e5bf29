/** Positions of the protocol as VS Code's. */

import * as vscode from "vscode";
import type { Range } from "./protocol";

export function toRange(range: Range): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}

/** Show a place in an editor. */
export async function reveal(uri: vscode.Uri, range: vscode.Range): Promise<void> {
  const editor = await vscode.window.showTextDocument(uri, { selection: range });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Whether a diagnostic is the server's. */
export function isOurs(diagnostic: vscode.Diagnostic): boolean {
  return diagnostic.source === "secloop";
}

/** The rule that a diagnostic of the server's is about. */
export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === "object" ? code.value : (code ?? ""));
}
