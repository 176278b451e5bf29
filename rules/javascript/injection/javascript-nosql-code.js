app.get("/search", async (req, res) => {
  // ruleid: javascript-nosql-code
  await User.find({ $where: `this.name == '${req.query.name}'` });
  // ruleid: javascript-nosql-code
  await users.find({ $where: req.body.code }).toArray();
  // ruleid: javascript-nosql-code
  await User.find().$where("this.age > " + req.query.age);
  // ruleid: javascript-nosql-code
  await users.aggregate([{ $match: { $expr: { $function: { body: req.body.f, args: [], lang: "js" } } } }]);
  // ok: javascript-nosql-code
  await User.find({ $where: "this.a == this.b", name: String(req.query.name) });
  // ok: javascript-nosql-code
  await User.find({ name: String(req.query.name) });
  // ok: javascript-nosql-code
  await User.find().$where("this.age > " + Number(req.query.age));
  // ok: javascript-nosql-code
  await users.find({ $expr: { $eq: ["$name", String(req.query.name)] } });
});

app.get("/group", async (req, res) => {
  // ruleid: javascript-nosql-code
  await users.aggregate([{ $group: { _id: 1, x: { $accumulator: { init: req.body.init, lang: "js" } } } }]);
  // ruleid: javascript-nosql-code
  await users.mapReduce(req.body.map, reduce, { out: "x" });
});
