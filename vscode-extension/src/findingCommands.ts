/** Commands about one finding or one file: fix, suppress, waive, explain. */

import * as os from "node:os";
import * as vscode from "vscode";
import { expiryProblem, inDays } from "./dates";
import { isOurs, ruleOf } from "./places";
import type { RuleDocumentation } from "./ruleDocumentation";
import type { Server } from "./server";
import { execute } from "./serverCommands";

/** Which finding a command is about. */
interface About {
  uri: string;
  fingerprint: string;
  ruleId?: string;
}

const WAIVER_DAYS = 90;
const LAST_OWNER = "secloop.owner";

export async function fix(server: Server, argument: unknown): Promise<void> {
  const { uri, fingerprint } = await aboutWhich(argument);
  await execute(server, "secloop.apply", { uri, do: "fix", fingerprint });
}

export async function fixAll(server: Server): Promise<void> {
  const uri =
    vscode.window.activeNotebookEditor?.notebook.uri ?? vscode.window.activeTextEditor?.document.uri;
  if (uri === undefined) {
    throw new Error("open the file whose findings are to be fixed.");
  }
  await execute(server, "secloop.apply", { uri: uri.toString(), do: "fix-all" });
}

export async function suppress(server: Server, argument: unknown): Promise<void> {
  const { uri, fingerprint } = await aboutWhich(argument);
  const reason = await ask("Suppress with a comment", "Why is this acceptable here?");
  if (reason !== undefined) {
    await execute(server, "secloop.suppress", { uri, fingerprint, reason });
  }
}

export async function waive(server: Server, memory: vscode.Memento, argument: unknown): Promise<void> {
  const { uri, fingerprint } = await aboutWhich(argument);
  const title = "Add a waiver to the policy";
  const reason = await ask(title, "Why is this acceptable for now?");
  const owner =
    reason && (await ask(title, "Who owns this waiver?", memory.get(LAST_OWNER, os.userInfo().username)));
  const expires =
    owner &&
    (await ask(title, "Until which date does it hold?", inDays(new Date(), WAIVER_DAYS), expiryProblem));
  if (reason && owner && expires) {
    await memory.update(LAST_OWNER, owner);
    await execute(server, "secloop.waive", { uri, fingerprint, reason, owner, expires });
  }
}

export async function showRule(documentation: RuleDocumentation, argument: unknown): Promise<void> {
  const { ruleId, uri } = await aboutWhich(argument);
  if (ruleId) {
    await documentation.show(ruleId, uri);
  }
}

/** The finding of the tree's node or of the action that was chosen, else the one at the cursor. */
async function aboutWhich(argument: unknown): Promise<About> {
  const given = (argument ?? {}) as {
    finding?: { uri: string; fingerprint: string; rule_id: string };
  } & Partial<About>;
  if (given.finding) {
    return { uri: given.finding.uri, fingerprint: given.finding.fingerprint, ruleId: given.finding.rule_id };
  }
  if (given.uri && given.fingerprint !== undefined) {
    return given as About;
  }
  const found = atCursor();
  const chosen =
    found.length > 1 ? await vscode.window.showQuickPick(found, { title: "Which finding?" }) : found[0];
  if (chosen === undefined) {
    throw new Error(found.length ? "no finding was chosen." : "put the cursor on a finding.");
  }
  return chosen.about;
}

function atCursor(): (vscode.QuickPickItem & { about: About })[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return [];
  }
  const uri = editor.document.uri;
  return vscode.languages
    .getDiagnostics(uri)
    .filter((one) => isOurs(one) && one.range.intersection(editor.selection))
    .flatMap((one) => {
      const { data } = one as { data?: { fingerprint?: string } };
      const ruleId = ruleOf(one);
      return data?.fingerprint === undefined
        ? []
        : [
            {
              label: ruleId,
              detail: one.message,
              about: { uri: uri.toString(), fingerprint: data.fingerprint, ruleId },
            },
          ];
    });
}

function ask(
  title: string,
  prompt: string,
  value = "",
  problem: (typed: string) => string | undefined = (typed) =>
    typed.trim() ? undefined : "This cannot be empty.",
): Thenable<string | undefined> {
  return vscode.window.showInputBox({ title, prompt, value, ignoreFocusOut: true, validateInput: problem });
}
