// Times in a real VS Code, in a browser, from a key press until the squiggle that it causes is painted.
// Arguments: files, each a Python module. Prints one line of JSON for each: its name, lines and milliseconds.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { CodeServer } from "../tests/editors/vscode/code-server.mjs";

const ROUNDS = 40;
const WARM_UP = 5;
const TAIL = "\n\nimport yaml\n\n\ndef settings(stream):\n    return yaml.load(stream";

const vscode = await CodeServer.start();
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8").trimEnd() + TAIL;
  const lines = text.split("\n");
  const window = await vscode.open(vscode.folder({ [basename(file)]: text }));
  await window.openFile(basename(file));
  await window.untilStatus(/secloop: /);
  await window.goTo(lines.length, lines.at(-1).length + 1);
  const milliseconds = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    await window.untilSquiggles(0);
    await window.page.evaluate(watchForSquiggle);
    await window.page.keyboard.press(")");
    await window.untilSquiggles(1);
    milliseconds.push(await window.page.evaluate(() => globalThis.painted));
    await window.page.keyboard.press("Backspace");
  }
  const measured = milliseconds.slice(WARM_UP);
  console.log(JSON.stringify({ name: basename(file), lines: lines.length, milliseconds: measured }));
  await window.close();
}
await vscode.stop();

/** Runs in the page: `painted` is milliseconds from the next key press until a squiggle has been painted. */
function watchForSquiggle() {
  globalThis.painted = new Promise((resolve) => {
    let pressed;
    addEventListener("keydown", (event) => (pressed = event.timeStamp), { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (pressed !== undefined && document.querySelector(".squiggly-error")) {
        observer.disconnect();
        // The frame with it has been painted once a task that was queued in that frame runs.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - pressed);
          port2.postMessage(undefined);
        });
      }
    });
    observer.observe(document.body, { attributes: true, childList: true, subtree: true });
  });
}
