// Packs the .vsix and prints what is in it, how large it is, and which packages are bundled into its program.
import { createVSIX, listFiles } from "@vscode/vsce";
import { readFileSync, statSync } from "node:fs";

const packagePath = "dist/secloop.vsix";
await createVSIX({ packagePath, dependencies: false, rewriteRelativeLinks: false });

const files = (await listFiles({ packageManager: 0 })).sort();
print(files.map((name) => [name, statSync(name).size]));
print(bundled(JSON.parse(readFileSync("dist/bundled.json", "utf8"))));
console.log(line(packagePath, statSync(packagePath).size));

function print(sizes) {
  sizes.forEach(([name, size]) => console.log(line(name, size)));
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  console.log(`${line("in all", total)}\n`);
}

function line(name, size) {
  return `${String(size).padStart(9)}  ${name}`;
}

/** Bytes of the program that are of each package, with its version; what is of no package is the extension's own. */
function bundled(inputs) {
  const sizes = new Map();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
    const name = folder ? described(folder) : "secloop";
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
  }
  return [...sizes].sort();
}

function described(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  return `${name}@${version} (${license})`;
}
