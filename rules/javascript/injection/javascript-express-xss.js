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
