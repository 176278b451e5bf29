app.get("/name", (req, res) => {
  // ruleid: javascript-header-from-request
  res.setHeader("X-Name", req.query.name);
  // ruleid: javascript-header-from-request
  res.set("Content-Type", req.query.type);
  // ruleid: javascript-header-from-request
  res.setHeader(req.query.header, "1");
  // ruleid: javascript-header-from-request
  res.writeHead(200, { "Content-Disposition": `attachment; filename=${req.params.name}` });
  // ok: javascript-header-from-request
  res.setHeader("X-Name", encodeURIComponent(req.query.name));
  // ok: javascript-header-from-request
  res.setHeader("X-Count", Number(req.query.count));
  // ok: javascript-header-from-request
  res.set("Content-Type", "text/plain");
  // ok: javascript-header-from-request
  res.set("X-Name", req.query.name.replace(/[^\w]/g, ""));
  // ok: javascript-header-from-request
  cache.set("name", req.query.name);
});

app.get("/more", (req, res) => {
  // ruleid: javascript-header-from-request
  res.set({ "X-Name": req.query.name, "X-Two": "2" });
  // ruleid: javascript-header-from-request
  res.writeHead(200, { "X-Name": req.params.name });
  // ok: javascript-header-from-request
  res.writeHead(302, { Location: req.query.next });
  // ok: javascript-header-from-request
  res.set("Access-Control-Allow-Origin", req.headers.origin);
});

app.get("/icons/:name", (req, res) => {
  // ok: javascript-header-from-request
  res.set("Content-Type", mime.getType(req.params.name));
});
