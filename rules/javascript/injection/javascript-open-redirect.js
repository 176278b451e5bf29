app.get("/login", (req, res) => {
  // ruleid: javascript-open-redirect
  res.redirect(req.query.next);
  const target = req.body.target || "/";
  // ruleid: javascript-open-redirect
  res.redirect(302, target);
  // ruleid: javascript-open-redirect
  res.redirect(`https://${req.query.host}/`);
  // ok: javascript-open-redirect
  res.redirect("/users/" + target);
  // ok: javascript-open-redirect
  res.redirect(`/users/${target}`);
  // ok: javascript-open-redirect
  res.redirect("/");
  // ok: javascript-open-redirect
  res.redirect(NEXT[req.query.next] ?? "/");
  if (ALLOWED.includes(target)) {
    // ok: javascript-open-redirect
    res.redirect(target);
  }
});

app.get("/header", (req, res) => {
  // ruleid: javascript-open-redirect
  res.setHeader("Location", req.query.to);
  // ruleid: javascript-open-redirect
  res.writeHead(302, { Location: req.query.to });
  // ok: javascript-open-redirect
  res.setHeader("Location", "/home");
});

async function moreForms(req, res, request) {
  // ruleid: javascript-open-redirect
  res.location(req.query.x);
  // ruleid: javascript-open-redirect
  res.set("Location", req.query.x);
  // ruleid: javascript-open-redirect
  res.header("Location", req.query.x);
}

async function moreForms(req, res, request) {
  // ruleid: javascript-open-redirect
  return NextResponse.redirect(req.query.next);
}

function cleaned(req, res) {
  const next = req.query.next;
  if (!next.startsWith("/")) return;
  // ok: javascript-open-redirect
  res.redirect(next);
}

app.get("/parts", (req, res) => {
  // ok: javascript-open-redirect
  res.redirect(config.get("base") + "/user/" + req.params.id);
  // ok: javascript-open-redirect
  res.redirect(signIn + ("?from=" + req.query.from));
  // ok: javascript-open-redirect
  res.redirect("https://" + req.hostname + req.originalUrl);
  // ok: javascript-open-redirect
  res.redirect("https://" + req.headers.host);
  // ok: javascript-open-redirect
  res.redirect("https://" + req.get("Host"));
  // ok: javascript-open-redirect
  res.redirect("https://" + req.host);
  // ruleid: javascript-open-redirect
  res.redirect("https://" + req.query.host);
  // ruleid: javascript-open-redirect
  res.redirect(req.query.base + "/user/" + id);
});

app.get("/built", (req, res) => {
  // ok: javascript-open-redirect
  res.redirect(utils.buildCollectionURL(base, req.params.name));
});

app.get("/chained", (req, res) => {
  // ruleid: javascript-open-redirect
  res.status(302).redirect(req.query.next);
});

app.get("/hono", (c) => {
  // ruleid: javascript-open-redirect
  return c.redirect(c.req.query("next"));
});

app.get("/table", (req, res) => {
  const targets = { home: "/", docs: "/docs" };
  // ok: javascript-open-redirect
  res.redirect(targets[req.query.next] || "/");
});
