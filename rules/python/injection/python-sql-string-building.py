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


def in_list(connection, ids):
    marks = ", ".join("?" for _ in ids)
    # ok: python-sql-string-building
    connection.execute(f"SELECT * FROM users WHERE id IN ({marks})", ids)
    more = ",".join(["%s"] * len(ids))
    # ok: python-sql-string-building
    connection.execute("SELECT * FROM users WHERE id IN (" + more + ")", ids)
    names = ",".join(ids)
    # ruleid: python-sql-string-building
    connection.execute(f"SELECT * FROM users WHERE id IN ({names})")


def by_number(connection, number: int, text):
    # ok: python-sql-string-building
    connection.execute(f"SELECT * FROM users WHERE id = {number}")
    # ok: python-sql-string-building
    connection.execute("SELECT * FROM users WHERE id = %d" % number)
    page = int(text)
    # ok: python-sql-string-building
    connection.execute("SELECT * FROM users WHERE page = {}".format(page))
    # ruleid: python-sql-string-building
    connection.execute(f"SELECT * FROM users WHERE id = {number} AND name = '{text}'")
