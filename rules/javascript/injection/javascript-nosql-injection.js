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
