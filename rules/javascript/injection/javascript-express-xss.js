app.get("/hello", (req, res) => {
  const name = req.query.name;
  // ruleid: javascript-express-xss
  res.send(`<h1>Hello ${name}</h1>`);
  // ruleid: javascript-express-xss
  res.write("<p>" + req.params.text + "</p>");
  // ruleid: javascript-express-xss
  res.status(404).send("<p>No " + name + "</p>");
  // ok: javascript-express-xss
  res.render("hello", { name });
  // ok: javascript-express-xss
  res.json({ name: req.query.name });
  // ok: javascript-express-xss
  res.send(`<h1>Hello ${escapeHtml(name)}</h1>`);
  // ok: javascript-express-xss
  res.send("<h1>Hello</h1>");
  // ok: javascript-express-xss
  res.send(`<p>${Number(req.query.page)}</p>`);
});

app.get("/held", (req, res) => {
  const html = `<b>${req.query.name}</b>`;
  // ruleid: javascript-express-xss
  res.send(html);
  // ruleid: javascript-express-xss
  res.send(req.query.name);
  const user = req.query.name;
  // ok: javascript-express-xss
  res.send({ user });
});

async function moreForms(req, res, request) {
  // ruleid: javascript-express-xss
  res.end("<p>" + req.query.x);
  // ruleid: javascript-express-xss
  res.send(req.params.x);
  let page = "<p>";
  page += req.query.x;
  // ruleid: javascript-express-xss
  res.send(page);
}

async function koa(ctx) {
  // ruleid: javascript-express-xss
  ctx.body = "<p>" + ctx.query.x;
  // ruleid: javascript-express-xss
  ctx.body = `<p>${ctx.query.x}</p>`;
  // ok: javascript-express-xss
  ctx.body = { x: ctx.query.x };
}

app.get("/plain", (req, res) => {
  res.setHeader("Content-Type", "text/plain");
  // ok: javascript-express-xss
  res.end(`no such page: ${req.query.page}`);
});

app.get("/plain2", (req, res) => {
  res.writeHead(404, { "Content-Type": "text/plain;charset=utf-8" });
  // ok: javascript-express-xss
  res.end(`no such page: ${req.query.page}`);
});

app.get("/object", (req, res) => {
  // ok: javascript-express-xss
  res.send({ url: "/files/" + req.query.name });
});

app.get("/rows", (req, res) => {
  const rows = [];
  rows.push("<li>" + req.query.name + "</li>");
  // ruleid: javascript-express-xss
  res.send("<ul>" + rows.join("") + "</ul>");
  // ruleid: javascript-express-xss
  res.type("html").send("<p>" + req.query.name + "</p>");
  // ok: javascript-express-xss
  res.type("text/plain").send("no " + req.query.name);
});

exports.handler = async (event) => {
  // ruleid: javascript-express-xss
  return { statusCode: 200, body: "<h1>" + event.queryStringParameters.name + "</h1>", headers };
};

exports.text = async (event) => {
  // ok: javascript-express-xss
  return { statusCode: 404, body: "no " + event.pathParameters.name };
};

app.get("/hono", (c) => {
  // ruleid: javascript-express-xss
  return c.html("<p>" + c.req.query("q") + "</p>");
});

app.get("/hono2", (c) => {
  // ok: javascript-express-xss
  return c.html(escapeHtml(c.req.query("q")));
});
