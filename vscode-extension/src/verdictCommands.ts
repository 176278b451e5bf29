/** Commands about the verdict of the workspace. */

import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { WorkDoneProgress } from "vscode-languageclient/node";
import { differences, headline, type Difference } from "./comparison";
import { reveal, toRange } from "./places";
import { CHECK_WORKSPACE, COMPARE_VERDICT, VERDICT, type Comparison } from "./protocol";
import type { Server } from "./server";
import type { VerdictDocuments } from "./verdictDocuments";

/** Check all files of the workspace, with the server's progress and a way to cancel. */
export async function checkWorkspace(server: Server): Promise<void> {
  const client = server.require();
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: "secloop: checking the workspace",
    cancellable: true,
  };
  await vscode.window.withProgress(options, async (progress, token) => {
    // By a token of our own: what the client shows for one of the server's cannot be cancelled by the user.
    const workDoneToken = randomUUID();
    let percentage = 0;
    const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind === "report") {
        const now = value.percentage ?? percentage;
        progress.report({
          increment: now - percentage,
          ...(value.message ? { message: value.message } : {}),
        });
        percentage = now;
      }
    });
    try {
      await client.sendRequest(CHECK_WORKSPACE, { workDoneToken }, token);
    } finally {
      listener.dispose();
    }
  });
}

export async function showVerdict(server: Server, documents: VerdictDocuments): Promise<void> {
  const client = server.require();
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: "secloop: deciding",
    cancellable: true,
  };
  const verdict: unknown = await vscode.window.withProgress(options, (_, token) =>
    client.sendRequest(VERDICT, {}, token),
  );
  await documents.show(verdict);
}

export async function compareVerdict(server: Server): Promise<void> {
  const client = server.require();
  const text = await chooseVerdict();
  if (text === undefined) {
    return;
  }
  // Of several folders the one of the file that is looked at.
  const shown = vscode.window.activeTextEditor?.document.uri;
  const parameters = { ci: parse(text), ...(shown?.scheme === "file" ? { uri: shown.toString() } : {}) };
  const comparison = await client.sendRequest<Comparison>(COMPARE_VERDICT, parameters);
  if (comparison.same) {
    void vscode.window.showInformationMessage(`secloop: ${headline(comparison)}`);
    return;
  }
  const findings = items(comparison);
  if (findings.length === 0) {
    void vscode.window.showWarningMessage(`secloop: ${headline(comparison)} The findings are the same.`);
    return;
  }
  const chosen = await vscode.window.showQuickPick(findings, {
    title: headline(comparison),
    placeHolder: "Choose a finding to go to it",
    ignoreFocusOut: true,
  });
  const { uri, range } = chosen?.difference ?? {};
  if (uri && range) {
    await reveal(vscode.Uri.parse(uri), toRange(range));
  }
}

async function chooseVerdict(): Promise<string | undefined> {
  const paste = "$(clippy) From the clipboard";
  const chosen = await vscode.window.showQuickPick([paste, "$(file) From a file…"], {
    title: "Compare with the verdict of CI (secloop check --format json)",
  });
  if (chosen === paste) {
    return vscode.env.clipboard.readText();
  }
  const files = chosen ? await vscode.window.showOpenDialog({ filters: { JSON: ["json"] } }) : undefined;
  return files?.[0] ? new TextDecoder().decode(await vscode.workspace.fs.readFile(files[0])) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("this is not the JSON that `secloop check --format json` prints.");
  }
}

function items(comparison: Comparison): (vscode.QuickPickItem & { difference?: Difference })[] {
  return differences(comparison).flatMap(({ title, members }) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...members.map((difference) => ({ label: difference.label, description: difference.place, difference })),
  ]);
}
