/** The Findings view: what the server found, in a tree that can be grouped, filtered and acted on. */

import * as vscode from "vscode";
import { GROUPINGS, group, type Group, type Grouping, type Leaf } from "./findingsModel";
import { FINDINGS, type Findings, type Severity } from "./protocol";
import { toRange } from "./places";
import type { Server } from "./server";
import { wordsOf } from "./words";

const ICONS: Record<Severity, [string, string]> = {
  critical: ["error", "list.errorForeground"],
  high: ["error", "list.errorForeground"],
  medium: ["warning", "list.warningForeground"],
  low: ["info", "editorInfo.foreground"],
  info: ["lightbulb", "descriptionForeground"],
};

type Node = Group | Leaf;

export class FindingsView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;
  private known: Findings = { whole: false, findings: [] };
  private grouping: Grouping = "severity";
  private filter = "";
  private asking = false;
  private stale = false;

  constructor(private readonly server: Server) {
    this.view = vscode.window.createTreeView("secloop.findings", {
      treeDataProvider: this,
      showCollapseAll: true,
    });
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }

  /** Ask the server again; what comes while it is asked is asked once more afterwards. */
  refresh(): void {
    this.stale = true;
    if (!this.asking) {
      void this.ask();
    }
  }

  private async ask(): Promise<void> {
    this.asking = true;
    while (this.stale) {
      this.stale = false;
      try {
        this.known = (await this.server.client?.sendRequest<Findings>(FINDINGS, {})) ?? {
          whole: false,
          findings: [],
        };
        this.view.message = this.words();
      } catch (error) {
        this.view.message = `The findings cannot be shown: ${wordsOf(error)}`;
      }
    }
    this.asking = false;
    this.show();
  }

  private show(): void {
    const open = this.known.findings.filter((one) => one.status === "open").length;
    this.view.badge = open ? { value: open, tooltip: `${open} findings` } : undefined;
    this.view.description = [`by ${this.grouping}`, this.filter && `“${this.filter}”`]
      .filter(Boolean)
      .join(", ");
    void vscode.commands.executeCommand("setContext", "secloop.filtered", this.filter !== "");
    this.changed.fire(undefined);
  }

  private words(): string {
    if (this.server.client === undefined) {
      return "secloop is not running.";
    }
    if (this.known.findings.some((one) => one.status === "open")) {
      return "";
    }
    return this.known.whole ? "No findings in this workspace." : "No findings in the open files.";
  }

  /** Have the user choose how findings are grouped. */
  async chooseGrouping(): Promise<void> {
    const items = GROUPINGS.map((name) => ({ label: `By ${name}`, name }));
    const chosen = await vscode.window.showQuickPick(items, { title: "Group the findings" });
    if (chosen) {
      this.grouping = chosen.name;
      this.show();
    }
  }

  /** Have the user type a filter. */
  async chooseFilter(): Promise<void> {
    const prompt = "Words in the rule, path, message or severity of a finding";
    const typed = await vscode.window.showInputBox({
      title: "Filter the findings",
      prompt,
      value: this.filter,
    });
    if (typed !== undefined) {
      this.setFilter(typed);
    }
  }

  setFilter(filter: string): void {
    this.filter = filter.trim();
    this.show();
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) {
      return group(this.known.findings, this.grouping, this.filter);
    }
    return node.kind === "group" ? node.findings : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === "group" ? groupItem(node, this.grouping) : leafItem(node);
  }
}

function groupItem(node: Group, grouping: Grouping): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = node.id;
  item.description = String(node.findings.length);
  const first = node.findings[0]?.finding;
  if (grouping === "file" && first) {
    item.resourceUri = vscode.Uri.parse(first.uri);
    item.iconPath = vscode.ThemeIcon.File;
  } else if (first) {
    item.iconPath = icon(first.severity);
  }
  return item;
}

function leafItem(node: Leaf): vscode.TreeItem {
  const { finding } = node;
  const item = new vscode.TreeItem(node.label);
  item.id = node.id;
  item.description = node.description;
  item.tooltip = `${finding.rule_id} (${finding.severity})\n\n${finding.message.trim()}`;
  item.iconPath = icon(finding.severity);
  item.contextValue = finding.fix ? "finding.fixable" : "finding";
  item.command = {
    title: "Go to Finding",
    command: "vscode.open",
    arguments: [vscode.Uri.parse(finding.uri), { selection: toRange(finding.range) }],
  };
  return item;
}

function icon(severity: Severity): vscode.ThemeIcon {
  const [name, color] = ICONS[severity];
  return new vscode.ThemeIcon(name, new vscode.ThemeColor(color));
}
