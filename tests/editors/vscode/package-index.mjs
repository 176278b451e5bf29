// A package index that has the server, as a wheel which runs the one under test; it answers when a test says so.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { until } from "./workbench.mjs";

const NAME = "secloop-0.1.0";
const WHEEL = `${NAME}-py3-none-any.whl`;
const PARTS = {
  [`${NAME}.dist-info`]: {
    METADATA: "Metadata-Version: 2.1\nName: secloop\nVersion: 0.1.0\n",
    WHEEL: "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    RECORD: "",
  },
};

export class PackageIndex {
  /**
   * @param folder where the wheel is made
   * @param python the interpreter that makes it
   * @param program what it runs
   */
  constructor(folder, python, program) {
    const scripts = { secloop: `#!/bin/sh\nexec "${program}" "$@"\n` };
    const parts = { ...PARTS, [join(`${NAME}.data`, "scripts")]: scripts };
    for (const [part, files] of Object.entries(parts)) {
      mkdirSync(join(folder, part), { recursive: true });
      Object.entries(files).forEach(([name, text]) =>
        writeFileSync(join(folder, part, name), text, { mode: 0o755 }),
      );
    }
    const made = [`${NAME}.dist-info`, `${NAME}.data`];
    execFileSync(python, ["-m", "zipfile", "-c", WHEEL, ...made], { cwd: folder });
    const wheel = readFileSync(join(folder, WHEEL));
    this.http = createServer((request, response) => {
      if (request.url.endsWith(WHEEL)) {
        response.end(wheel);
      } else {
        this.held = response;
        response.once("close", () => (this.held = undefined));
      }
    });
  }

  /** Its address, for pip. */
  async start() {
    await new Promise((resolve) => this.http.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${this.http.address().port}/simple`;
  }

  stop() {
    this.http.closeAllConnections();
    this.http.close();
  }

  /** Wait until somebody waits for its answer. */
  async asked() {
    await until(
      () => this.held,
      () => "the package index to be asked",
    );
  }

  /** Say that there is the wheel, or, with another status than 200, that there is nothing. */
  answer(status) {
    this.held.writeHead(status, { "content-type": "text/html" });
    this.held.end(`<!doctype html><a href="/${WHEEL}">${WHEEL}</a>`);
  }
}
