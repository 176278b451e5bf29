/** The interpreter that the Python extension has selected. */

import * as vscode from "vscode";

/** The part of ms-python's API that is used. */
interface PythonApi {
  environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
    resolveEnvironment(path: { path: string }): Promise<{ executable: { uri?: vscode.Uri } } | undefined>;
    onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

const ID = "ms-python.python";

/** Path of the selected interpreter; undefined without the Python extension or a selection. */
export async function selectedInterpreter(): Promise<string | undefined> {
  const environments = (await api())?.environments;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const resolved = await environments?.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
  return resolved?.executable.uri?.fsPath;
}

/** Have a function called whenever another interpreter is selected. */
export async function onInterpreterChange(call: () => void): Promise<vscode.Disposable | undefined> {
  return (await api())?.environments?.onDidChangeActiveEnvironmentPath(call);
}

async function api(): Promise<PythonApi | undefined> {
  const extension = vscode.extensions.getExtension<PythonApi>(ID);
  return extension?.isActive ? extension.exports : extension?.activate();
}
