const _ = require("lodash");

app.post("/set", (req, res) => {
  // ruleid: javascript-prototype-pollution
  store[req.body.key].value = req.body.value;
  // ok: javascript-prototype-pollution
  store[req.body.key] = req.body.value;
  // ruleid: javascript-prototype-pollution
  store[req.body.group][req.body.name] = req.body.value;
  // ruleid: javascript-prototype-pollution
  _.merge(config, req.body);
  const { key } = req.body;
  if (!KEYS.includes(key)) throw new Error(key);
  // ok: javascript-prototype-pollution
  store[key].value = req.body.value;
  // ok: javascript-prototype-pollution
  store["name"] = req.body.value;
  // ok: javascript-prototype-pollution
  _.merge(config, _.pick(req.body, ["name"]));
  // ok: javascript-prototype-pollution
  counts[Number(req.query.index)].value = 1;
});

async function moreForms(req, res, request) {
  // ruleid: javascript-prototype-pollution
  $.extend(true, {}, req.body);
}

function cleaned(req) {
  // ok: javascript-prototype-pollution
  list[parseInt(req.body.index)].value = 1;
}
