/** What the client changes on the way: reasons are asked for, and closed files are checked only if wanted. */

import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import { ruleOf, toRange } from "./places";
import type { Range } from "./protocol";
import type { Settings } from "./settings";

/** What a code action of the server does, as it travels in `data`. */
interface ActionData {
  uri: string;
  do: string;
  fingerprint: string;
}

/** The argument of the server's command that shows what a rule matches. */
interface Matches {
  uri: string;
  rule_id: string;
  locations: { uri: string; range: Range }[];
}

const SERVER_PAGE = "secloop.openDocumentation";

/** Actions of the server for which this extension asks the user first, and the commands that ask. */
const ASKING: Readonly<Record<string, string>> = {
  suppress: "secloop.finding.suppress",
  waive: "secloop.finding.waive",
};

export function middleware(settings: Settings): Middleware {
  return {
    async provideCodeActions(document, range, context, token, next) {
      const actions = (await next(document, range, context, token)) ?? [];
      return actions.map((action) => withPage(withQuestion(action), document));
    },
    executeCommand(command, args: unknown[], next): unknown {
      return command === "secloop.showMatches" ? peekMatches(args[0] as Matches) : next(command, args);
    },
    provideWorkspaceDiagnostics(resultIds, token, reporter, next) {
      return settings.checkClosedFiles ? next(resultIds, token, reporter) : { items: [] };
    },
  };
}

/** Show where a rule matches, below the rule. */
async function peekMatches({ uri, rule_id, locations }: Matches): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  const position = document.positionAt(Math.max(document.getText().indexOf(rule_id), 0));
  const places = locations.map((one) => new vscode.Location(vscode.Uri.parse(one.uri), toRange(one.range)));
  await vscode.commands.executeCommand("editor.action.peekLocations", document.uri, position, places, "peek");
}

/** An action that shows a rule's page in the editor instead of the browser. */
function withPage(
  action: vscode.CodeAction | vscode.Command,
  document: vscode.TextDocument,
): vscode.CodeAction | vscode.Command {
  const about = action instanceof vscode.CodeAction ? action.diagnostics?.[0] : undefined;
  if (!(action instanceof vscode.CodeAction) || action.command?.command !== SERVER_PAGE || !about) {
    return action;
  }
  const arguments_ = [{ uri: document.uri.toString(), fingerprint: "", ruleId: ruleOf(about) }];
  action.command = { title: action.title, command: "secloop.rule.show", arguments: arguments_ };
  return action;
}

function withQuestion(action: vscode.CodeAction | vscode.Command): vscode.CodeAction | vscode.Command {
  const data = (action as { data?: ActionData }).data;
  const command = data && ASKING[data.do];
  if (!data || !command || !(action instanceof vscode.CodeAction)) {
    return action;
  }
  const asking = new vscode.CodeAction(`${action.title}…`, action.kind);
  asking.diagnostics = action.diagnostics ?? [];
  asking.command = {
    title: action.title,
    command,
    arguments: [{ uri: data.uri, fingerprint: data.fingerprint }],
  };
  return asking;
}
