app.post("/do", (req, res) => {
  // ruleid: javascript-method-from-request
  actions[req.body.action](req.body.value);
  const { name } = req.query;
  // ruleid: javascript-method-from-request
  const a = service[name]();
  // ruleid: javascript-method-from-request
  this[req.params.method](1);
  // ok: javascript-method-from-request
  actions.get(req.body.action)(req.body.value);
  // ok: javascript-method-from-request
  actions["start"](req.body.value);
  // ok: javascript-method-from-request
  const value = settings[req.query.name];
  // ok: javascript-method-from-request
  handlers[Number(req.params.index)]();
});

function checked(req) {
  const { action } = req.body;
  if (!Object.hasOwn(commands, action)) return;
  const name = action;
  // ok: javascript-method-from-request
  commands[name]();
}

function listed(req) {
  const { action } = req.body;
  if (!allowedActions.includes(action)) return;
  // ok: javascript-method-from-request
  actions[action]();
}

function unlisted(req) {
  const { action } = req.body;
  if (!actions.hasOwnProperty(action)) return;
  // ok: javascript-method-from-request
  actions[action]();
}
