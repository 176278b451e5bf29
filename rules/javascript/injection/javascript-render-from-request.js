app.get("/page", (req, res) => {
  // ruleid: javascript-render-from-request
  res.render(req.query.page);
  // ruleid: javascript-render-from-request
  res.render("pages/" + req.params.page, { title: "x" });
  // ruleid: javascript-render-from-request
  res.render("profile", req.query);
  // ruleid: javascript-render-from-request
  res.render("profile", { user, ...req.body });
  // ok: javascript-render-from-request
  res.render("profile", { name: req.query.name });
  // ok: javascript-render-from-request
  res.render("profile", { query: req.query });
  // ok: javascript-render-from-request
  res.render(allowedPage(req.query.page));
  // ok: javascript-render-from-request
  res.render(config.view, { title: "x" });
  // ok: javascript-render-from-request
  res.render("pages/" + Number(req.params.number));
});

app.post("/page/:id", (req, res) => {
  // ruleid: javascript-render-from-request
  res.render("profile", req.body);
  // ruleid: javascript-render-from-request
  res.render("profile", req.params, done);
});
