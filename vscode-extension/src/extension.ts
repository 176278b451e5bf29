/** Where VS Code starts the extension: everything is made here and wired together. */

import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { DataFlow } from "./dataflow";
import { FindingsView } from "./findingsView";
import { onInterpreterChange } from "./python";
import { RuleDocumentation } from "./ruleDocumentation";
import { Server } from "./server";
import { needsRestart, placesOf, readSettings, type Settings } from "./settings";
import { StatusBar } from "./statusBar";
import { VerdictDocuments } from "./verdictDocuments";
import { STATUS, type Status } from "./protocol";
import { wordsOf } from "./words";

let running: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("secloop", { log: true });
  const statusBar = new StatusBar();
  const server = new Server(context, output, currentSettings, (client) => {
    client.onNotification(STATUS, (status: Status) => {
      statusBar.update(status);
      findings.refresh();
    });
  });
  const findings = new FindingsView(server);
  const documentation = new RuleDocumentation(context.extensionUri, server);
  const dataFlow = new DataFlow();
  const documents = new VerdictDocuments();
  const memory = context.workspaceState;
  context.subscriptions.push(output, statusBar, server, findings, documentation, dataFlow, documents);
  context.subscriptions.push(
    server.onDidChange((state) => {
      statusBar.show(state);
      void vscode.commands.executeCommand("setContext", "secloop.running", state.kind === "running");
      findings.refresh();
    }),
    ...registerCommands({ server, output, findings, documentation, dataFlow, documents, memory }),
    ...restartsOnChange(server),
  );
  running = server;
  await server.restart();
  // Activating the Python extension may take long and may fail: neither is to hold up secloop.
  onInterpreterChange(() => void server.restart()).then(
    (listener) => listener && context.subscriptions.push(listener),
    (error: unknown) => {
      output.warn(`the Python extension does not tell of its interpreter: ${wordsOf(error)}`);
    },
  );
}

export function deactivate(): Promise<void> | undefined {
  return running?.stop();
}

function currentSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration("secloop");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return readSettings((key) => configuration.get(key), placesOf(folder));
}

function restartsOnChange(server: Server): vscode.Disposable[] {
  let settings = currentSettings();
  return [
    vscode.workspace.onDidChangeConfiguration((event) => {
      const before = settings;
      settings = currentSettings();
      if (event.affectsConfiguration("secloop") && needsRestart(before, settings)) {
        void server.restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void server.restart()),
  ];
}
