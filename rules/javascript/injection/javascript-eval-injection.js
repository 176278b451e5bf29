const vm = require("vm");

app.get("/calc", (req, res) => {
  const expression = req.query.expression;
  // ruleid: javascript-eval-injection
  const a = eval(expression);
  // ruleid: javascript-eval-injection
  const b = new Function("x", "return " + req.body.formula);
  // ruleid: javascript-eval-injection
  vm.runInNewContext(`f(${req.params.name})`, {});
  // ok: javascript-eval-injection
  const c = JSON.parse(expression);
  // ok: javascript-eval-injection
  const d = eval("1 + 1");
  // ok: javascript-eval-injection
  const e = actions[expression]();
  // ok: javascript-eval-injection
  setTimeout(() => run(expression), 10);
  // ok: javascript-eval-injection
  const f = eval(Number(expression) + " * 2");
});

// ruleid: javascript-eval-injection
eval(decodeURIComponent(location.hash.slice(1)));

async function moreForms(req, res, request) {
  // ruleid: javascript-eval-injection
  eval(location.href);
  // ruleid: javascript-eval-injection
  eval(window.location.href);
  // ruleid: javascript-eval-injection
  eval(document.location.search);
  // ruleid: javascript-eval-injection
  eval(document.location.href);
  // ruleid: javascript-eval-injection
  eval(document.URL);
  // ruleid: javascript-eval-injection
  eval(document.documentURI);
  // ruleid: javascript-eval-injection
  eval(window.name);
  // ruleid: javascript-eval-injection
  Function(req.query.x);
  // ruleid: javascript-eval-injection
  vm.runInThisContext(req.query.x);
  // ruleid: javascript-eval-injection
  vm.runInContext(req.query.x, context);
  // ruleid: javascript-eval-injection
  new vm.Script(req.query.x);
  // ruleid: javascript-eval-injection
  setTimeout(req.query.x, 10);
  // ruleid: javascript-eval-injection
  setInterval(req.query.x, 10);
  // ruleid: javascript-eval-injection
  setTimeout("tick(" + req.query.x, 10);
  // ruleid: javascript-eval-injection
  setInterval("tick(" + req.query.x, 10);
}

const script = document.createElement("script");
// ruleid: javascript-eval-injection
script.src = location.hash.slice(1);
// ok: javascript-eval-injection
script.src = "https://example.org/script.js";
// ruleid: javascript-eval-injection
import(location.hash.slice(1));
const image = document.createElement("img");
// ok: javascript-eval-injection
image.src = location.hash.slice(1);
