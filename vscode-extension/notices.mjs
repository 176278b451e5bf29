// Which packages are bundled into the program, and their licences, as these ask to be passed on with it.
import { readFileSync, readdirSync } from "node:fs";

const LICENCE = /^(licen[cs]e|copying|notice|third-?party-?notices)\b/i;

/**
 * The packages of a bundle, in the order of their names, with the bytes of the program that are of each.
 *
 * @param inputs files of the bundle, as esbuild's metafile lists them
 */
export function bundledPackages(inputs) {
  const sizes = new Map();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
    if (folder) {
      sizes.set(folder, (sizes.get(folder) ?? 0) + bytesInOutput);
    }
  }
  return [...sizes]
    .map(([folder, bytes]) => ({ title: titleOf(folder), folder, bytes }))
    .sort((one, other) => (one.title < other.title ? -1 : 1));
}

/** The text that ships with the program; throws where a package has no licence to pass on. */
export function notices(packages) {
  const parts = packages.map(({ title, folder }) => [title, "", ...licencesIn(folder, title)].join("\n"));
  return ["dist/extension.cjs holds these packages.", ...parts].join(`\n\n${"-".repeat(80)}\n\n`) + "\n";
}

function titleOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  return `${name}@${version} (${license})`;
}

function licencesIn(folder, title) {
  const files = readdirSync(folder).filter((name) => LICENCE.test(name));
  if (files.length === 0) {
    throw new Error(`${title} has no file with its licence, and is bundled`);
  }
  return files.sort().map((name) => readFileSync(`${folder}/${name}`, "utf8").replaceAll("\r", "").trim());
}
