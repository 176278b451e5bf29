app.post("/users", async (req, res) => {
  // ruleid: javascript-mass-assignment
  await User.create(req.body);
  // ruleid: javascript-mass-assignment
  const user = new User(req.body);
  // ruleid: javascript-mass-assignment
  await User.findByIdAndUpdate(req.params.id, req.body, { new: true });
  // ruleid: javascript-mass-assignment
  Object.assign(req.user, req.body);
  // ruleid: javascript-mass-assignment
  await prisma.user.update({ where: { id }, data: req.body });
  // ok: javascript-mass-assignment
  await User.create({ name: req.body.name });
  // ok: javascript-mass-assignment
  const event = new Event(req.body);
  // ok: javascript-mass-assignment
  Object.assign({}, defaults, { name: req.body.name });
  // ok: javascript-mass-assignment
  await validator.create(req.body);
  // ok: javascript-mass-assignment
  await User.create(pick(req.body, ["name", "email"]));
});

app.put("/users/:id", async (req, res) => {
  // ruleid: javascript-mass-assignment
  await User.updateOne({ _id: req.params.id }, { $set: req.body });
});
