// What a user does and sees in a VS Code window. Everything waits until it is there; nothing waits for a time.
import { mkdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Seconds after which what was waited for is not to come: many, since the machine may do other things. */
const PATIENCE = 120;
/** Where the mouse hovers over nothing. */
const NOWHERE = [700, 450];

export class Workbench {
  constructor(page, folder, shots) {
    this.page = page;
    this.folder = folder;
    this.shots = shots;
    page.setDefaultTimeout(PATIENCE * 1000);
  }

  // Files and text

  /** Open a file of the folder by its name. */
  async openFile(name) {
    const shown = name.split("/").at(-1);
    await this.openByName(name);
    const group = this.page.locator(".editor-group-container.active");
    await group.locator(".tab.active", { hasText: shown }).waitFor();
    // That of the file itself: the editor is the group's, and shows another file until this one is there.
    await group
      .locator(`.editor-instance .monaco-editor.focused[data-uri$="/${shown}"] .view-lines`)
      .waitFor();
  }

  /** Have the quick open box find a file, asking anew where it was closed or has not heard of a new file yet. */
  async openByName(name) {
    const row = this.choices(new RegExp(`^${escaped(name.split("/").at(-1))}`));
    await until(
      () => this.finds(name, row),
      () => `${name} to be found`,
    );
    await row.first().click();
    await this.page.mouse.move(...NOWHERE);
  }

  /** Type into the quick open box; whether a row is shown once it has an answer. */
  async finds(typed, row) {
    const input = await this.quickInput("ControlOrMeta+P");
    await input.fill(typed);
    const none = this.choices("No matching results");
    await until(
      // A window that opens a file by itself takes the focus, which closes the box.
      async () => (await row.or(none).count()) > 0 || !(await input.isVisible()),
      () => `an answer to ${typed}`,
    );
    return (await row.count()) > 0;
  }

  /** The quick input box, opened anew by a key. */
  async quickInput(key) {
    const input = this.page.locator(".quick-input-widget input").first();
    if (await input.isVisible()) {
      await this.page.keyboard.press("Escape"); // Only then: in an editor it ends a selection.
      await input.waitFor({ state: "hidden" });
    }
    await this.page.keyboard.press(key);
    await input.waitFor();
    return input;
  }

  /** Rows of the quick input's list that are shown: what was shown before stays in the page, hidden. */
  choices(text) {
    return this.page
      .locator(".quick-input-list .monaco-list-row", { hasText: text })
      .filter({ visible: true });
  }

  async openNotebook(name) {
    await this.openByName(name);
    await this.page.locator(".notebook-editor .cell-list-container .view-lines").first().waitFor();
  }

  /** Lines of the active editor, as they are shown. */
  async lines() {
    const shown = await this.page
      .locator(".editor-group-container.active .editor-instance .view-line")
      .evaluateAll((all) =>
        all.map((line) => ({ top: parseInt(line.style.top, 10), text: line.textContent })),
      );
    return shown.sort((one, other) => one.top - other.top).map((line) => line.text.replaceAll("\u00a0", " "));
  }

  /** Wait until the active editor's text is as wanted. */
  async untilText(wanted) {
    await until(
      async () => {
        const text = (await this.lines()).join("\n");
        return typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
      },
      async () => `the editor to show ${wanted}; it shows:\n${(await this.lines()).join("\n")}`,
    );
  }

  /** Wait until a file on disk is as wanted. */
  async untilFile(name, wanted) {
    const read = () => readFileSync(join(this.folder, name), "utf8");
    await until(
      () => wanted.test(read()),
      () => `${name} to have ${wanted}; it has:\n${read()}`,
    );
  }

  /** Put the cursor at a line and column, both from 1. */
  async goTo(line, column = 1) {
    const input = await this.quickInput("Control+G");
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".statusbar-item", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  async type(text) {
    await this.page.keyboard.insertText(text);
  }

  /** Make this the whole text of the active editor. */
  async replaceAll(text) {
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.type(text);
  }

  async save() {
    await this.page.keyboard.press("ControlOrMeta+S");
    await this.page.locator(".tab.active:not(.dirty)").waitFor();
  }

  // Findings in the editor

  squiggles(kind = "error") {
    return this.page.locator(`.squiggly-${kind}`);
  }

  /** Wait until so many squiggles are shown. */
  async untilSquiggles(count, kind = "error") {
    const locator = this.squiggles(kind);
    await until(
      async () => (await locator.count()) === count,
      async () => `${count} squiggles; there are ${await locator.count()}`,
    );
  }

  /** Wait until what stands behind the text, which is no text of the document, is as wanted. */
  async untilAnnotation(wanted) {
    const annotations = () =>
      this.page.locator(".editor-group-container.active .view-line span").evaluateAll((all) =>
        all
          .map((span) => getComputedStyle(span, "::after").content)
          .filter((content) => content.startsWith('"'))
          .map((content) => content.slice(1, -1))
          .join("\n"),
      );
    await until(
      async () => wanted.test(await annotations()),
      async () => `the annotation ${wanted}; there is ${await annotations()}`,
    );
  }

  /** Open the light bulb's menu at the cursor, until it offers something; all that it offers. */
  async lightBulb(title) {
    const items = this.page.locator(".action-widget .monaco-list-row.action");
    await until(
      async () => {
        await this.page.keyboard.press("Escape");
        await this.page.keyboard.press("ControlOrMeta+Period");
        await this.page.locator(".action-widget, .monaco-editor-overlaymessage").first().waitFor();
        return (await items.filter({ hasText: title }).count()) > 0;
      },
      () => `the light bulb to offer ${title}`,
    );
    return items.allInnerTexts();
  }

  /** Open the light bulb's menu at the cursor and choose from it. */
  async quickFix(title) {
    await this.lightBulb(title);
    // By keys: the menu keeps the mouse from its items for a moment.
    const focused = this.page.locator(".action-widget .monaco-list-row.action.focused", { hasText: title });
    for (
      let left = await this.page.locator(".action-widget .monaco-list-row.action").count();
      left > 0;
      left--
    ) {
      if ((await focused.count()) > 0) {
        break;
      }
      await this.page.keyboard.press("ArrowDown");
    }
    await focused.waitFor();
    await this.page.keyboard.press("Enter");
  }

  /** Text of the hover at a place. */
  async hover(line, column) {
    await this.goTo(line, column);
    await this.page.keyboard.press("ControlOrMeta+K");
    await this.page.keyboard.press("ControlOrMeta+I");
    const hover = this.page.locator(".monaco-hover-content:visible");
    await hover.first().waitFor();
    return hover;
  }

  // Commands, input, messages

  /** Run a command by its title. */
  async run(title) {
    const input = await this.quickInput("F1");
    await input.fill(`>${title}`);
    await this.choices(title).first().click();
    await this.page.mouse.move(...NOWHERE);
  }

  /** Answer an input box. */
  async answer(prompt, typed) {
    const box = this.page.locator(".quick-input-widget", { hasText: prompt });
    await box.waitFor();
    await box.locator("input").first().fill(typed);
    await this.page.keyboard.press("Enter");
  }

  /** Choose a file by its path in the dialog that is shown, once that has the folder it begins with. */
  async chooseFile(path) {
    const input = this.page.locator(".quick-input-widget", { hasText: "OK" }).locator("input").first();
    await until(
      async () => (await input.isVisible()) && (await input.inputValue()).startsWith(this.folder),
      () => "the dialog to choose a file",
    );
    const row = this.choices(basename(path));
    await until(
      async () => {
        // What is typed while the dialog still reads the folder that it begins with is lost.
        if ((await input.inputValue()) !== path) {
          await input.fill(path);
        }
        return (await row.count()) > 0;
      },
      () => `the dialog to have ${path}`,
    );
    await row.first().click();
  }

  /** Choose from a list that is shown. */
  async pick(label) {
    await this.choices(label).first().click();
  }

  /** The message boxes that are shown. */
  messages() {
    return this.page.locator(".notification-toast .notification-list-item");
  }

  async message(text) {
    const message = this.messages().filter({ hasText: text });
    await message.first().waitFor();
    return message.first();
  }

  /** Press a button of a message, once it is shown. */
  async press(text, button) {
    const message = await this.message(text);
    await message.getByRole("button", { name: button }).click();
  }

  /** The status bar item. */
  status() {
    return this.page.locator('.statusbar-item[id^="secloop.secloop"]').first();
  }

  async untilStatus(wanted) {
    await until(
      async () => wanted.test(await this.status().innerText()),
      async () => `the status bar to say ${wanted}; it says ${await this.status().innerText()}`,
    );
  }

  /** Hover over the status bar item until its hover has all of these. */
  async untilStatusHover(...wanted) {
    const hover = this.page.locator(".monaco-hover").filter({ visible: true });
    let shown = "";
    await until(
      async () => {
        await this.page.mouse.move(...NOWHERE); // So that a hover which is open says what is so now.
        await until(
          async () => (await hover.count()) === 0,
          () => "the hover to go",
        );
        await this.status().hover();
        await hover.first().waitFor();
        shown = await hover.first().innerText();
        return wanted.every((part) => shown.includes(part));
      },
      () => `the status bar's hover to have ${wanted.join(" and ")}; it has ${shown}`,
    );
  }

  // The Findings view, web pages, the clipboard

  /** Show the Findings view; its rows, and what can be done with them. */
  async findings() {
    // The whole item, since a badge covers its icon.
    const icon = this.page.locator('.action-label[aria-label^="secloop"]');
    await this.page.locator(".activitybar .action-item", { has: icon }).click();
    const row = (text) => this.page.locator(".pane-body .monaco-list-row", { hasText: text });
    await row("").first().waitFor();
    const group = (text) =>
      this.page.locator('.pane-body .monaco-list-row[aria-level="1"]', { hasText: text });
    const act = async (text, title) => {
      await row(text).first().hover();
      await row(text).first().locator(".actions").getByRole("button", { name: title }).click();
    };
    const choose = async (text, title) => {
      const item = this.page.locator(".monaco-menu .action-item", { hasText: title });
      await until(
        async () => {
          await row(text).first().click({ button: "right" });
          return item.isVisible();
        },
        () => `the menu of ${text} to have ${title}`,
      );
      // By key: the menu takes no mouse button for a moment.
      await item.hover();
      await this.page.locator(".monaco-menu .action-item.focused", { hasText: title }).waitFor();
      await this.page.keyboard.press("Enter");
    };
    return { row, group, act, choose };
  }

  /** The page in the web view that is shown. */
  webview() {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  async copy(text) {
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  }

  async shot(name) {
    mkdirSync(this.shots, { recursive: true });
    await this.page.screenshot({ path: join(this.shots, `${name}.png`) });
  }

  async close() {
    await this.page.context().close();
  }
}

/** Wait until a condition holds; what was waited for is told in words. */
export async function until(condition, words, seconds = PATIENCE) {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error(`waited ${seconds} s for ${await words()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
