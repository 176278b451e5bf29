// What ships is known: its files, the packages that are bundled in their versions, and their licences.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { bundledPackages, notices } from "../notices.mjs";

const modules = join(mkdtempSync(join(tmpdir(), "secloop-notices-")), "node_modules");

/** A package, and one file of it as a bundle's input. */
function bundled(name, bytes, files = {}) {
  const about = JSON.stringify({ name, version: "1.2.3", license: "MIT" });
  mkdirSync(join(modules, name), { recursive: true });
  for (const [file, text] of Object.entries({ "package.json": about, ...files })) {
    writeFileSync(join(modules, name, file), text);
  }
  return { [join(modules, name, "lib", `${bytes}.js`)]: { bytesInOutput: bytes } };
}

test("every package is named with its version, size, and the text of its licence and notices", () => {
  const inputs = {
    ...bundled("@two/parts", 30),
    ...bundled("@two/parts", 12, {
      "LICENSE-MIT.txt": "Copyright (c) Two\r\n",
      NOTICE: "Holds a part of Three.\n",
    }),
    "src/extension.ts": { bytesInOutput: 100 },
    ...bundled("one", 5, { "License.md": "Copyright (c) One\n", "readme.md": "not this" }),
  };
  const packages = bundledPackages(inputs);
  assert.deepEqual(
    packages.map(({ title, bytes }) => [title, bytes]),
    [
      ["@two/parts@1.2.3 (MIT)", 42],
      ["one@1.2.3 (MIT)", 5],
    ],
  );
  const text = notices(packages);
  const order = [
    "@two/parts@1.2.3 (MIT)",
    "Copyright (c) Two\nHolds a part of Three.",
    "one@1.2.3",
    "Copyright (c) One",
  ];
  const places = order.map((part) => text.indexOf(part));
  assert.ok(!places.includes(-1), text);
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
  assert.doesNotMatch(text, /not this|\r/);
});

test("a package without a licence to pass on is refused", () => {
  assert.throws(() => notices(bundledPackages(bundled("bare", 1))), /bare@1\.2\.3 \(MIT\) has no file/);
});

test("the extension's own packages all have a licence", () => {
  const packages = bundledPackages(JSON.parse(readFileSync("dist/bundled.json", "utf8")));
  const lines = notices(packages).split("\n");
  assert.deepEqual(
    packages.filter(({ title }) => !lines.includes(title)),
    [],
  );
  assert.ok(packages.some(({ title }) => title.startsWith("vscode-languageclient@")));
});

test("what is bundled are these packages, so that a new one or another version is looked at before it ships", () => {
  const packages = bundledPackages(JSON.parse(readFileSync("dist/bundled.json", "utf8")));
  assert.deepEqual(
    packages.map(({ title }) => title),
    [
      "balanced-match@4.0.4 (MIT)",
      "brace-expansion@5.0.13 (MIT)",
      "entities@8.1.0 (BSD-2-Clause)",
      "linkify-it@6.1.0 (MIT)",
      "markdown-it@15.0.3 (MIT)",
      "mdurl@2.1.0 (MIT)",
      "minimatch@10.2.6 (BlueOak-1.0.0)",
      "punycode.js@2.3.1 (MIT)",
      "semver@7.8.6 (ISC)",
      "uc.micro@3.0.0 (MIT)",
      "vscode-jsonrpc@10.0.0 (MIT)",
      "vscode-languageclient@11.0.0 (MIT)",
      "vscode-languageserver-protocol@3.18.5 (MIT)",
      "vscode-languageserver-textdocument@1.0.16 (MIT)",
      "vscode-languageserver-types@3.18.5 (MIT)",
    ],
  );
});

test("the .vsix holds these files and no others", () => {
  const vsce = ["node_modules/@vscode/vsce/vsce", "ls", "--no-dependencies"];
  const files = execFileSync(process.execPath, vsce, { encoding: "utf8" }).trim().split("\n").sort();
  assert.deepEqual(
    files.filter((name) => name !== "dist/THIRD-PARTY-NOTICES.txt"), // which packing makes
    [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/extension.cjs",
      "media/activity.svg",
      "media/icon.png",
      "media/readme/compare.png",
      "media/readme/data-flow.png",
      "media/readme/findings.png",
      "media/readme/light-bulb.png",
      "media/readme/rule-edit.png",
      "media/readme/rule.png",
      "media/rule.css",
      "package.json",
      "schemas/rules.schema.json",
      "schemas/secloop.schema.json",
      "snippets/policy.json",
      "snippets/rules.json",
      "walkthrough/accept.md",
      "walkthrough/server.md",
    ],
  );
});
