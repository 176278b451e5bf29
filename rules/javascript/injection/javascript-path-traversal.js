const fs = require("fs");
const path = require("path");

app.get("/file/:name", (req, res) => {
  const name = req.params.name;
  // ruleid: javascript-path-traversal
  fs.readFile(path.join(UPLOADS, name), done);
  // ruleid: javascript-path-traversal
  res.sendFile(path.resolve(UPLOADS, req.query.name));
  // ruleid: javascript-path-traversal
  fs.createReadStream(`${UPLOADS}/${name}`).pipe(res);
  // ok: javascript-path-traversal
  res.sendFile(name, { root: UPLOADS });
  // ok: javascript-path-traversal
  fs.readFile(path.join(UPLOADS, path.basename(name)), done);
  // ok: javascript-path-traversal
  fs.readFile("static/index.html", done);
  const full = path.resolve(UPLOADS, name);
  if (!full.startsWith(UPLOADS + path.sep)) {
    return;
  }
  // ok: javascript-path-traversal
  fs.readFile(full, done);
});

async function moreForms(req, res, request) {
  // ruleid: javascript-path-traversal
  fsp.readFile(req.query.x);
  // ruleid: javascript-path-traversal
  fs.promises.readFile(req.query.x);
  // ruleid: javascript-path-traversal
  res.download(req.query.x);
}

function required(req) {
  const { readFile } = require("fs");
  // ruleid: javascript-path-traversal
  readFile(req.query.x);
}

app.post("/upload", (req, res) => {
  // ruleid: javascript-path-traversal
  req.files.document.mv("/uploads/" + req.files.document.name);
  // ok: javascript-path-traversal
  req.files.document.mv("/uploads/" + crypto.randomUUID());
});

app.post("/picture", (req, res) => {
  // ok: javascript-path-traversal
  fs.unlinkSync(req.file.path);
  const photo = req.files[0];
  // ok: javascript-path-traversal
  fs.createReadStream(photo.path).pipe(store);
  // ruleid: javascript-path-traversal
  fs.readFileSync(req.query.path);
});

app.get("/inline", (req, res) => {
  // ruleid: javascript-path-traversal
  require("fs").createReadStream(req.query.path).pipe(res);
  const name = req.query.name.replace(/[^a-z0-9]/gi, "");
  // ok: javascript-path-traversal
  require("fs").createReadStream("/data/" + name).pipe(res);
});

app.post("/move", async (req, res) => {
  // ruleid: javascript-path-traversal
  await fse.remove("/data/" + req.body.name);
  // ruleid: javascript-path-traversal
  fs.rename(req.file.path, "public/" + req.file.originalname, done);
  // ok: javascript-path-traversal
  fs.rename(req.file.path, "public/" + crypto.randomUUID(), done);
});
