/** A panel with a rule's documentation. */

import * as vscode from "vscode";
import { EXPLAIN_RULE, type RuleExplanation } from "./protocol";
import { rulePage } from "./rulePage";
import type { Server } from "./server";

export class RuleDocumentation implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly server: Server,
  ) {}

  dispose(): void {
    this.panel?.dispose();
  }

  /** Show the documentation of a rule, as the root of a document has it. */
  async show(ruleId: string, uri: string): Promise<void> {
    const parameters = { rule_id: ruleId, uri };
    const rule = await this.server.require().sendRequest<RuleExplanation>(EXPLAIN_RULE, parameters);
    const panel = (this.panel ??= this.open());
    panel.title = rule.rule_id;
    const style = panel.webview.asWebviewUri(vscode.Uri.joinPath(this.extension, "media", "rule.css"));
    panel.webview.html = rulePage(rule, {
      style: style.toString(),
      styleSource: panel.webview.cspSource,
    });
    panel.reveal(undefined, true);
  }

  private open(): vscode.WebviewPanel {
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel("secloop.rule", "secloop", column, {
      enableScripts: false,
      enableCommandUris: false,
      localResourceRoots: [vscode.Uri.joinPath(this.extension, "media")],
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    return panel;
  }
}
