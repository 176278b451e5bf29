const puppeteer = require("puppeteer");

async function start() {
  // ruleid: javascript-browser-sandbox-off
  const a = await puppeteer.launch({ args: ["--no-sandbox"] });
  // ruleid: javascript-browser-sandbox-off
  const b = await puppeteer.launch({ headless: true, args: ["--mute-audio", "--disable-web-security"] });
  // ruleid: javascript-browser-sandbox-off
  const c = await chromium.launch({ chromiumSandbox: true });
  // ok: javascript-browser-sandbox-off
  const d = await puppeteer.launch();
  // ok: javascript-browser-sandbox-off
  const e = await puppeteer.launch({ args: ["--mute-audio"] });
  // ok: javascript-browser-sandbox-off
  const f = await chromium.launch({ chromiumSandbox: true });
  // ok: javascript-browser-sandbox-off
  console.log("--no-sandbox");
}
