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
