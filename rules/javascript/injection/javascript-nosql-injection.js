app.post("/login", async (req, res) => {
  // ruleid: javascript-nosql-injection
  const user = await User.findOne({ name: req.body.name, password: req.body.password });
  // ruleid: javascript-nosql-injection
  const other = await db.collection("users").findOne({ email: req.body.email });
  // ruleid: javascript-nosql-injection
  const all = await User.find(req.query);
  const { email } = req.body;
  // ruleid: javascript-nosql-injection
  await User.updateOne({ email }, { seen: true });
});

app.get("/safe", async (req, res) => {
  // ok: javascript-nosql-injection
  await User.findOne({ name: String(req.body.name) });
  // ok: javascript-nosql-injection
  await User.findOne({ _id: req.params.id });
  // ok: javascript-nosql-injection
  await User.findOne({ where: { name: req.body.name } });
  // ok: javascript-nosql-injection
  const first = names.find((name) => name === req.query.name);
  // ok: javascript-nosql-injection
  await User.findOne({ name: "admin" });
});

async function moreForms(req, res, request) {
  // ruleid: javascript-nosql-injection
  users.findOneAndDelete({ token: req.body.token });
  // ok: javascript-nosql-injection
  users.findOne({ name: { $eq: req.body.name } });
}

function cleaned(req) {
  // ok: javascript-nosql-injection
  users.findOne({ _id: new ObjectId(req.body.id) });
  // ok: javascript-nosql-injection
  users.findOne({ name: req.body.name.toString() });
  // ok: javascript-nosql-injection
  users.findOne({ name: req.body.name.trim() });
  // ok: javascript-nosql-injection
  users.findOne({ name: req.body.name.toLowerCase() });
  // ok: javascript-nosql-injection
  users.findOne({ name: `${req.body.name}` });
}

function laundered(self, req) {
  // ok: javascript-nosql-injection
  users.findOne({ _id: self.apos.launder.string(req.body.id) });
}

function fromHeaders(req) {
  // ok: javascript-nosql-injection
  users.findOne({ token: req.headers["x-token"] });
  // ok: javascript-nosql-injection
  users.findOne({ token: req.get("X-Token") });
  // ok: javascript-nosql-injection
  users.findOne({ token: req.header("X-Token") });
}
