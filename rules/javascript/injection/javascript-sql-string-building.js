async function byEmail(pool, email) {
  const text = `SELECT * FROM users WHERE email = '${email}'`;
  // ruleid: javascript-sql-string-building
  const { rows } = await pool.query(text);
  return rows[0];
}

class Orders {
  one(id) {
    // ruleid: javascript-sql-string-building
    return this.db.query("SELECT * FROM orders WHERE id = " + id);
  }

  named(name) {
    // ruleid: javascript-sql-string-building
    return knex.raw(`select * from orders where name = '${name}'`);
  }

  any(id) {
    // ruleid: javascript-sql-string-building
    return prisma.$queryRawUnsafe(`SELECT * FROM "Order" WHERE id = ${id}`);
  }
}

function quiet(db, id, names) {
  // ok: javascript-sql-string-building
  db.query("SELECT * FROM users WHERE id = ?", [id]);
  // ok: javascript-sql-string-building
  prisma.$queryRaw`SELECT * FROM users WHERE id = ${id}`;
  // ok: javascript-sql-string-building
  db.query(`SELECT * FROM users WHERE status = ${ACTIVE}`);
  // ok: javascript-sql-string-building
  db.query(`SELECT * FROM users WHERE name IN (${names.map(() => "?").join(",")})`, names);
  // ok: javascript-sql-string-building
  db.query("SELECT * FROM users " + "WHERE id = ?", [id]);
  // ok: javascript-sql-string-building
  log.write(`select an item (id = ${id})`);
}

function cleaned(db, id, name) {
  // ok: javascript-sql-string-building
  db.query("SELECT * FROM users WHERE id = " + Number(id));
  // ok: javascript-sql-string-building
  db.query("SELECT * FROM users WHERE name = " + mysql.escape(name));
}
