app.get("/users", async (req, res) => {
  const name = req.query.name;
  const sql = "SELECT * FROM users WHERE name = '" + name + "'";
  // ruleid: javascript-sql-injection
  await db.query(sql);
  // ruleid: javascript-sql-injection
  await pool.execute(`DELETE FROM users WHERE name = '${name}'`);
  // ruleid: javascript-sql-injection
  await knex.raw("SELECT * FROM users WHERE name = '" + req.body.name + "'");
  // ok: javascript-sql-injection
  await db.query("SELECT * FROM users WHERE name = $1", [name]);
  // ok: javascript-sql-injection
  await pool.execute("SELECT * FROM users WHERE name = ?", [req.body.name]);
  // ok: javascript-sql-injection
  await db.query(`SELECT * FROM users LIMIT ${parseInt(req.query.limit, 10)}`);
  // ok: javascript-sql-injection
  await knex.raw("SELECT * FROM users WHERE name = ?", [name]);
  // ok: javascript-sql-injection
  await db.query("SELECT 1");
});

function options(req) {
  // ok: javascript-sql-injection
  db.query({ text: "SELECT * FROM t WHERE a = $1", values: [req.query.x] });
}

app.get("/builders", async (req, res) => {
  // ruleid: javascript-sql-injection
  await knex("users").whereRaw(`name = '${req.query.name}'`);
  // ruleid: javascript-sql-injection
  await knex("users").orderByRaw(req.query.sort);
  // ruleid: javascript-sql-injection
  await User.findAll({ order: sequelize.literal(req.query.order) });
  // ruleid: javascript-sql-injection
  await repository.createQueryBuilder("u").where("u.name = '" + req.query.name + "'").getMany();
  // ok: javascript-sql-injection
  await repository.createQueryBuilder("u").where("u.name = :name", { name: req.query.name }).getMany();
  // ok: javascript-sql-injection
  await knex("users").whereRaw("name = ?", [req.query.name]);
  // ok: javascript-sql-injection
  await User.findAll({ where: { name: req.query.name } });
  // ok: javascript-sql-injection
  database.prepare("SELECT * FROM users WHERE name = ?").all(req.query.name);
});

app.get("/list", async (req, res) => {
  const where = ["active"];
  if (req.query.name) where.push("name LIKE '%" + req.query.name + "%'");
  // ruleid: javascript-sql-injection
  await db.query("SELECT * FROM products WHERE " + where.join(" AND "));
  const placeholders = ["active"];
  placeholders.push("name = ?");
  // ok: javascript-sql-injection
  await db.query("SELECT * FROM products WHERE " + placeholders.join(" AND "), [req.query.name]);
});
