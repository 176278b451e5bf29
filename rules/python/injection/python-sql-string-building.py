import sqlite3

from sqlalchemy import text


def find(cursor, name, ids, amount):
    # ruleid: python-sql-string-building
    cursor.execute("SELECT * FROM users WHERE name = '%s'" % name)
    # ruleid: python-sql-string-building
    cursor.execute(f"SELECT * FROM users WHERE name = '{name}'")
    # ruleid: python-sql-string-building
    cursor.execute("DELETE FROM users WHERE name = '" + name + "'")
    # ruleid: python-sql-string-building
    cursor.executescript("INSERT INTO users VALUES ('{}')".format(name))
    # ruleid: python-sql-string-building
    connection.execute(text(f"UPDATE users SET name = '{name}'"))
    # ok: python-sql-string-building
    cursor.execute("SELECT * FROM users WHERE name = ?", (name,))
    # ok: python-sql-string-building
    cursor.execute("SELECT * FROM users WHERE name = %s", (name,))
    # ok: python-sql-string-building
    cursor.execute(f"SELECT * FROM {table}")
    # ok: python-sql-string-building
    cursor.execute(f"SELECT * FROM users WHERE id IN ({','.join('?' * len(ids))})", ids)
    # ok: python-sql-string-building
    cursor.execute("SELECT * FROM users " "WHERE name = ?", (name,))
    # ok: python-sql-string-building
    cursor.execute(f"SELECT * FROM users WHERE kind = {KIND_ADMIN}")
    # ok: python-sql-string-building
    task.execute(f"choose the best of {name}")


def listed(cursor, ids):
    # ok: python-sql-string-building
    cursor.execute("SELECT * FROM users WHERE id IN (%s)" % ",".join(["?"] * len(ids)), ids)
    # ok: python-sql-string-building
    cursor.execute(f"SELECT * FROM {table} WHERE name = %s", (name,))
    # ok: python-sql-string-building
    cursor.execute("SELECT * FROM " + table + " WHERE name = %s", (name,))
