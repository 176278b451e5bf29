/** Makes a rule, with its test, of the code that is selected. */

import * as vscode from "vscode";
import { NEW_RULE, type NewRule } from "./protocol";
import type { Server } from "./server";

const ID = /^[a-z0-9][a-z0-9._-]*$/;

export async function newRule(server: Server): Promise<void> {
  const client = server.require();
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) {
    throw new Error("select the code that the rule is to find.");
  }
  const id = await vscode.window.showInputBox({
    title: "New rule from the selection",
    prompt: "The rule's id",
    placeHolder: "python-no-legacy-login",
    ignoreFocusOut: true,
    validateInput: (typed) => (ID.test(typed) ? undefined : "Lower-case letters, digits, dots and hyphens."),
  });
  if (id === undefined) {
    return;
  }
  const { document, selection } = editor;
  const made = await client.sendRequest<NewRule>(NEW_RULE, {
    uri: document.uri.toString(),
    text: document.getText(selection),
    languageId: document.languageId,
    id,
  });
  await write(made);
}

async function write(made: NewRule): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const files = made.files.map(({ path, text }) => ({
    uri: vscode.Uri.joinPath(vscode.Uri.file(made.root), path),
    text,
  }));
  for (const { uri, text } of files) {
    edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(text) });
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(`${files.map(({ uri }) => uri.fsPath).join(" or ")} is there already.`);
  }
  for (const { uri } of files) {
    await vscode.window.showTextDocument(uri, { preview: false });
  }
}
