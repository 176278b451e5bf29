/** Verdicts as read-only documents of the editor. */

import * as vscode from "vscode";

const SCHEME = "secloop-verdict";

export class VerdictDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  private readonly uri = vscode.Uri.from({ scheme: SCHEME, path: "/verdict.json" });
  private text = "";

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  provideTextDocumentContent(): string {
    return this.text;
  }

  /** Show a verdict's JSON. */
  async show(verdict: unknown): Promise<void> {
    this.text = `${JSON.stringify(verdict, undefined, 2)}\n`;
    this.changed.fire(this.uri);
    await vscode.window.showTextDocument(this.uri, { preview: false });
  }
}
