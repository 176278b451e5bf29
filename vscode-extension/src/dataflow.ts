/** Goes step by step through the way that data takes to a finding. */

import * as vscode from "vscode";
import { isOurs, reveal } from "./places";
import { Walk, type Step } from "./walk";

const HIGHLIGHT = vscode.window.createTextEditorDecorationType({
  backgroundColor: new vscode.ThemeColor("editor.findMatchHighlightBackground"),
});
const LABEL = vscode.window.createTextEditorDecorationType({
  after: { color: new vscode.ThemeColor("editorCodeLens.foreground"), margin: "0 0 0 2em" },
});

export class DataFlow implements vscode.Disposable {
  private walk: Walk | undefined;

  dispose(): void {
    HIGHLIGHT.dispose();
    LABEL.dispose();
  }

  /** Go to the next step, or with -1 to the one before; from a finding under the cursor if it has a data flow. */
  async go(by: 1 | -1): Promise<void> {
    // Where the cursor is still at the last step the walk goes on, also if another finding is there.
    const steps = this.walk && isAtCursor(this.walk.current) ? undefined : stepsAtCursor();
    if (steps) {
      this.walk = new Walk(steps, by === 1 ? -1 : steps.length);
    }
    const step = this.walk?.move(by);
    if (this.walk === undefined || step === undefined) {
      void vscode.window.showInformationMessage("Put the cursor on a finding that has a data flow.");
      return;
    }
    const range = new vscode.Range(step.line, step.character, step.endLine, step.endCharacter);
    await reveal(vscode.Uri.parse(step.uri), range);
    this.mark(range, this.walk.label(step));
  }

  /** Stop showing steps. */
  end(): void {
    this.walk = undefined;
    void vscode.commands.executeCommand("setContext", "secloop.walking", false);
    vscode.window.visibleTextEditors.forEach((editor) => {
      editor.setDecorations(HIGHLIGHT, []);
      editor.setDecorations(LABEL, []);
    });
  }

  private mark(range: vscode.Range, label: string): void {
    void vscode.commands.executeCommand("setContext", "secloop.walking", true);
    const lineEnd = new vscode.Position(range.end.line, Number.MAX_SAFE_INTEGER);
    const words = {
      range: new vscode.Range(lineEnd, lineEnd),
      renderOptions: { after: { contentText: label } },
    };
    vscode.window.visibleTextEditors.forEach((editor) => {
      const isHere = editor === vscode.window.activeTextEditor;
      editor.setDecorations(HIGHLIGHT, isHere ? [range] : []);
      editor.setDecorations(LABEL, isHere ? [words] : []);
    });
  }
}

function isAtCursor(step: Step | undefined): boolean {
  const editor = vscode.window.activeTextEditor;
  const start = editor?.selection.start;
  return (
    step !== undefined &&
    editor?.document.uri.toString() === step.uri &&
    start?.line === step.line &&
    start.character === step.character
  );
}

function stepsAtCursor(): Step[] | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return undefined;
  }
  const cursor = editor.selection.active;
  const flows = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((one) => isOurs(one) && one.relatedInformation?.length);
  const diagnostic =
    flows.find((one) => one.range.contains(cursor)) ??
    flows.find((one) => one.range.start.line <= cursor.line && cursor.line <= one.range.end.line);
  return diagnostic?.relatedInformation?.map(({ location, message }) => ({
    uri: location.uri.toString(),
    line: location.range.start.line,
    character: location.range.start.character,
    endLine: location.range.end.line,
    endCharacter: location.range.end.character,
    message,
  }));
}
