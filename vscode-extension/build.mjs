// Bundles the extension, or with --tests each unit test, into dist/.
import { build } from "esbuild";
import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";

const tests = process.argv.includes("--tests");
rmSync(tests ? "dist/test" : "dist/extension.cjs", { recursive: true, force: true });

const common = { bundle: true, platform: "node", target: "node20", logLevel: "warning" };

if (tests) {
  await build({
    ...common,
    entryPoints: readdirSync("test").map((name) => `test/${name}`),
    outdir: "dist/test",
    outExtension: { ".js": ".mjs" },
    format: "esm",
    sourcemap: "inline",
  });
} else {
  // The server's own, which it also checks rules and policy by.
  cpSync("../server/secloop/schema", "schemas", { recursive: true });
  const { metafile } = await build({
    ...common,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.cjs",
    format: "cjs",
    external: ["vscode"],
    minify: process.argv.includes("--minify"),
    legalComments: "none",
    metafile: true,
  });
  writeFileSync("dist/bundled.json", JSON.stringify(metafile.outputs["dist/extension.cjs"].inputs));
}
