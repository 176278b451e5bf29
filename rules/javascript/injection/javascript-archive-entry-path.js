const fs = require("fs");
const path = require("path");
const unzipper = require("unzipper");
const yauzl = require("yauzl");

function one(stream) {
  stream.pipe(unzipper.Parse()).on("entry", (entry) => {
    // ruleid: javascript-archive-entry-path
    entry.pipe(fs.createWriteStream("out/" + entry.path));
  });
}

function two(zip, folder) {
  for (const zipEntry of zip.getEntries()) {
    const target = path.join(folder, zipEntry.entryName);
    // ruleid: javascript-archive-entry-path
    fs.writeFileSync(target, zipEntry.getData());
    // ruleid: javascript-archive-entry-path
    fs.mkdirSync(path.dirname(target), { recursive: true });
  }
}

function three(entry, folder) {
  // ok: javascript-archive-entry-path
  fs.writeFileSync(path.join(folder, path.basename(entry.path)), "");
  // ok: javascript-archive-entry-path
  fs.writeFileSync(path.join(folder, sanitizeFilename(entry.fileName)), "");
  // ok: javascript-archive-entry-path
  fs.writeFileSync(path.join(folder, "list.txt"), entry.path);
}

function four(entry, folder) {
  const target = path.resolve(folder, entry.fileName);
  if (!target.startsWith(folder + path.sep)) return;
  // ok: javascript-archive-entry-path
  fs.writeFileSync(target, "");
}

function five(entry, folder) {
  const name = entry.fileName;
  if (name.includes("..")) return;
  // ok: javascript-archive-entry-path
  fs.writeFileSync(path.join(folder, name), "");
}

function six(entry, folder) {
  const name = entry.fileName;
  if (name.indexOf("..") !== -1) return;
  // ok: javascript-archive-entry-path
  fs.writeFileSync(path.join(folder, name), "");
}

function seven(entry, folder) {
  const target = path.join(folder, entry.fileName);
  if (path.relative(folder, target).startsWith("..")) return;
  // ok: javascript-archive-entry-path
  fs.writeFileSync(target, "");
}

const { writeFileSync } = require("fs");

function eight(header, folder) {
  // ruleid: javascript-archive-entry-path
  writeFileSync(folder + "/" + header.name, "");
}
