/** Runs commands of the server. */

import * as vscode from "vscode";
import { ExecuteCommandRequest, ResponseError, State } from "vscode-languageclient/node";
import type { Server } from "./server";

/** How often a change is asked for again while the server still checks the document; each time it waits a while. */
const TRIES = 20;
const STILL_CHECKING = /being checked/;

/** What the server's commands about a document take. */
export interface Argument {
  uri: string;
  [name: string]: string;
}

/** Have the server run one of its commands about a document, which is opened for it. */
export async function execute(server: Server, command: string, argument: Argument): Promise<unknown> {
  await open(vscode.Uri.parse(argument.uri));
  for (let tries = 1; ; tries++) {
    try {
      return await server
        .require()
        .sendRequest(ExecuteCommandRequest.type, { command, arguments: [argument] });
    } catch (error) {
      const later = error instanceof ResponseError && STILL_CHECKING.test(error.message);
      if (!later || tries === TRIES || server.client?.state !== State.Running) {
        throw error;
      }
    }
  }
}

async function open(uri: vscode.Uri): Promise<void> {
  if (uri.path.endsWith(".ipynb")) {
    await vscode.workspace.openNotebookDocument(uri);
  } else {
    await vscode.workspace.openTextDocument(uri);
  }
}
