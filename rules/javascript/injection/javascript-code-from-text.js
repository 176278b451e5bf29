const vm = require("vm");

function compute(expression) {
  // ruleid: javascript-code-from-text
  return eval(expression);
}

function compile(body) {
  // ruleid: javascript-code-from-text
  return new Function("return " + body);
}

function later(name) {
  // ruleid: javascript-code-from-text
  setTimeout("show('" + name + "')", 100);
  // ruleid: javascript-code-from-text
  vm.runInNewContext(name, {});
}

function quiet(name) {
  // ok: javascript-code-from-text
  const root = new Function("return this")();
  // ok: javascript-code-from-text
  setTimeout(() => show(name), 100);
  // ok: javascript-code-from-text
  JSON.parse(name);
  // ok: javascript-code-from-text
  eval("1 + 1");
  // ok: javascript-code-from-text
  model.evaluate(name);
}

async function moreForms(req, res, request) {
  // ruleid: javascript-code-from-text
  setInterval("tick(" + req, 10);
  // ruleid: javascript-code-from-text
  setTimeout(`tick(${req})`, 10);
  // ruleid: javascript-code-from-text
  vm.runInThisContext(req);
}
