// ruleid: javascript-static-root
app.use(express.static(__dirname));
// ruleid: javascript-static-root
app.use("/files", express.static("/"));
// ruleid: javascript-static-root
app.use(express.static(process.cwd(), { dotfiles: "allow" }));
// ruleid: javascript-static-root
app.use(serveStatic("."));
// ruleid: javascript-static-root
app.use(serve(path.join(__dirname, "..")));
// ruleid: javascript-static-root
app.use(koaStatic("./"));
// ruleid: javascript-static-root
app.use("/list", serveIndex("/"));
// ok: javascript-static-root
app.use(express.static("public"));
// ok: javascript-static-root
app.use(express.static(path.join(__dirname, "public")));
// ok: javascript-static-root
app.use(serveStatic(config.folder));
// ok: javascript-static-root
app.use(serve("/srv/www"));
// ok: javascript-static-root
const folder = __dirname;
