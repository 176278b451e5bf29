app.post("/login", (req, res) => {
  // ruleid: javascript-log-injection
  console.log("user logged in: " + req.body.user);
  // ruleid: javascript-log-injection
  logger.info(`user ${req.body.user} logged in`);
  const { name } = req.query;
  // ruleid: javascript-log-injection
  req.log.warn("no such user: " + name);
  // ruleid: javascript-log-injection
  console.error("no such user", req.query.user);
  // ok: javascript-log-injection
  logger.info({ user: req.body.user }, "user logged in");
  // ok: javascript-log-injection
  console.log("user logged in: " + JSON.stringify(req.body.user));
  // ok: javascript-log-injection
  console.log("user " + req.body.user.replace(/[\r\n]/g, ""));
  // ok: javascript-log-injection
  console.log("user " + req.body.user.replaceAll("\n", ""));
  // ok: javascript-log-injection
  console.log("user " + util.inspect(req.body.user));
  // ok: javascript-log-injection
  console.log(`page ${Number(req.query.page)}`);
  // ok: javascript-log-injection
  console.log("listening");
  // ok: javascript-log-injection
  console.log("GET " + req.url);
  // ok: javascript-log-injection
  console.log("GET " + req.originalUrl);
  // ok: javascript-log-injection
  console.log("from " + req.headers["user-agent"]);
  // ok: javascript-log-injection
  console.log("from " + req.get("user-agent"));
  // ok: javascript-log-injection
  console.log("for " + req.hostname);
  // ok: javascript-log-injection
  console.log("for " + req.host + ctx.request.href);
});

app.get("/:name", (req, res) => {
  // ruleid: javascript-log-injection
  console.log(req.params.name);
  // ok: javascript-log-injection
  console.log(req.query);
});
