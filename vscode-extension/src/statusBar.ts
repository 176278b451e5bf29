/** The status bar item: the workspace's verdict, and a menu. */

import * as vscode from "vscode";
import type { Status } from "./protocol";
import type { State } from "./server";
import { statusText } from "./statusText";

const COLORS = {
  normal: undefined,
  warning: new vscode.ThemeColor("statusBarItem.warningBackground"),
  error: new vscode.ThemeColor("statusBarItem.errorBackground"),
};

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("secloop", vscode.StatusBarAlignment.Left, 0);
  private statuses = new Map<string, Status>();
  private state: State = { kind: "stopped" };

  constructor() {
    this.item.name = "secloop";
    this.item.command = "secloop.menu";
    this.draw();
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }

  /** Show what the server is doing. */
  show(state: State): void {
    this.state = state;
    if (state.kind !== "running") {
      this.statuses.clear();
    }
    this.draw();
  }

  /** Show what the server says of a root. */
  update(status: Status): void {
    this.statuses.set(status.root, status);
    this.draw();
  }

  private draw(): void {
    const { text, tooltip, level } = statusText(
      this.state,
      [...this.statuses.values()],
      vscode.workspace.isTrusted,
    );
    this.item.text = text;
    this.item.tooltip = new vscode.MarkdownString(tooltip, true);
    this.item.backgroundColor = COLORS[level];
  }
}
