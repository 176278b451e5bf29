// The licences of what is bundled ship with it.
import assert from "node:assert/strict";
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
