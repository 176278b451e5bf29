const ejs = require("ejs");
const pug = require("pug");
const Handlebars = require("handlebars");
const nunjucks = require("nunjucks");
const _ = require("lodash");

app.post("/preview", (req, res) => {
  // ruleid: javascript-template-injection
  const a = ejs.render(req.body.template, { user });
  const source = "h1 " + req.query.title;
  // ruleid: javascript-template-injection
  const b = pug.compile(source, { pretty: true });
  // ruleid: javascript-template-injection
  const c = Handlebars.compile(req.body.template);
  // ruleid: javascript-template-injection
  const d = nunjucks.renderString(`<p>${req.query.text}</p>`, {});
  // ruleid: javascript-template-injection
  const e = _.template(req.body.template);
  // ok: javascript-template-injection
  const f = ejs.render(template, { title: req.body.title });
  // ok: javascript-template-injection
  const g = pug.compile("h1= title")({ title: req.query.title });
  // ok: javascript-template-injection
  const h = Handlebars.compile(templates.get("mail"))(req.body);
  // ok: javascript-template-injection
  const i = ejs.render(known(req.query.name) ? pages.one : pages.two, {});
  // ok: javascript-template-injection
  const j = ejs.render("<p>" + escapeHtml(req.query.name) + "</p>");
});
