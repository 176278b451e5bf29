// Packs the .vsix and prints what is in it and how large it is.
import { createVSIX, listFiles } from "@vscode/vsce";
import { statSync } from "node:fs";

const packagePath = "dist/secloop.vsix";
await createVSIX({ packagePath, dependencies: false, rewriteRelativeLinks: false });

let total = 0;
for (const name of (await listFiles({ packageManager: 0 })).sort()) {
  const { size } = statSync(name);
  total += size;
  console.log(`${String(size).padStart(9)}  ${name}`);
}
console.log(`${String(total).padStart(9)}  unpacked`);
console.log(`${String(statSync(packagePath).size).padStart(9)}  ${packagePath}`);
