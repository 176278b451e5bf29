/** The extension's commands, by the names under which package.json lists them. */

import * as vscode from "vscode";
import { LSPErrorCodes, ResponseError } from "vscode-languageclient/node";
import type { DataFlow } from "./dataflow";
import * as finding from "./findingCommands";
import type { FindingsView } from "./findingsView";
import { newRule } from "./newRule";
import type { RuleDocumentation } from "./ruleDocumentation";
import type { Server } from "./server";
import { wordsOf } from "./words";
import type { VerdictDocuments } from "./verdictDocuments";
import { checkWorkspace, compareVerdict, showVerdict } from "./verdictCommands";

export interface Parts {
  server: Server;
  output: vscode.LogOutputChannel;
  findings: FindingsView;
  documentation: RuleDocumentation;
  dataFlow: DataFlow;
  documents: VerdictDocuments;
  memory: vscode.Memento;
}

type Command = (argument?: unknown) => unknown;

/** Register every command; what goes wrong in one is shown in words. */
export function registerCommands(parts: Parts): vscode.Disposable[] {
  const { server, output, findings, documentation, dataFlow, documents, memory } = parts;
  const commands: Record<string, Command> = {
    "secloop.menu": showMenu,
    "secloop.server.restart": () => server.restart(),
    "secloop.server.install": () => server.install(),
    "secloop.server.showLog": () => {
      output.show();
    },
    "secloop.workspace.check": () => checkWorkspace(server),
    "secloop.verdict.show": () => showVerdict(server, documents),
    "secloop.verdict.compare": () => compareVerdict(server),
    "secloop.file.fixAll": () => finding.fixAll(server),
    "secloop.finding.fix": (argument) => finding.fix(server, argument),
    "secloop.finding.suppress": (argument) => finding.suppress(server, argument),
    "secloop.finding.waive": (argument) => finding.waive(server, memory, argument),
    "secloop.rule.show": (argument) => finding.showRule(documentation, argument),
    "secloop.rule.new": () => newRule(server),
    "secloop.findings.group": () => findings.chooseGrouping(),
    "secloop.findings.filter": () => findings.chooseFilter(),
    "secloop.findings.clearFilter": () => {
      findings.setFilter("");
    },
    "secloop.dataFlow.next": () => dataFlow.go(1),
    "secloop.dataFlow.previous": () => dataFlow.go(-1),
    "secloop.dataFlow.end": () => {
      dataFlow.end();
    },
  };
  return Object.entries(commands).map(([name, command]) =>
    vscode.commands.registerCommand(name, async (argument?: unknown) => {
      try {
        await command(argument);
      } catch (error) {
        if (!wasCancelled(error)) {
          void vscode.window.showErrorMessage(`secloop: ${wordsOf(error)}`);
        }
      }
    }),
  );
}

function wasCancelled(error: unknown): boolean {
  const byServer = error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled;
  return byServer || error instanceof vscode.CancellationError;
}

const MENU: readonly [string, string][] = [
  ["$(search) Check the workspace", "secloop.workspace.check"],
  ["$(list-tree) Show the findings", "secloop.findings.focus"],
  ["$(json) Show the verdict", "secloop.verdict.show"],
  ["$(git-compare) Compare with CI…", "secloop.verdict.compare"],
  ["$(output) Show the log", "secloop.server.showLog"],
  ["$(debug-restart) Restart the server", "secloop.server.restart"],
];

async function showMenu(): Promise<void> {
  const items = MENU.map(([label, command]) => ({ label, command }));
  const chosen = await vscode.window.showQuickPick(items, { title: "secloop" });
  if (chosen) {
    await vscode.commands.executeCommand(chosen.command);
  }
}
