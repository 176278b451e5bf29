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
