// Packs the .vsix and prints what is in it, how large it is, and which packages are bundled into its program.
import { createVSIX, listFiles } from "@vscode/vsce";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { bundledPackages, notices } from "./notices.mjs";

const packagePath = "dist/secloop.vsix";
const packages = bundledPackages(JSON.parse(readFileSync("dist/bundled.json", "utf8")));
writeFileSync("dist/THIRD-PARTY-NOTICES.txt", notices(packages));
await createVSIX({ packagePath, dependencies: false, rewriteRelativeLinks: false });

const files = (await listFiles({ packageManager: 0 })).sort();
print(files.map((name) => [name, statSync(name).size]));
print(packages.map(({ title, bytes }) => [title, bytes]));
console.log(line(packagePath, statSync(packagePath).size));

function print(sizes) {
  sizes.forEach(([name, size]) => console.log(line(name, size)));
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  console.log(`${line("in all", total)}\n`);
}

function line(name, size) {
  return `${String(size).padStart(9)}  ${name}`;
}
