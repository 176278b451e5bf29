import pandas as pd
from sqlalchemy import text

ORDER = "id"


def by_name(conn, name):
    query = f"SELECT * FROM users WHERE name = '{name}'"
    # ruleid: python-sql-built-variable
    return conn.execute(query).fetchall()


def by_email(email):
    cursor = get_db().cursor()
    sql = "SELECT id FROM users WHERE email = '%s'" % email
    # ruleid: python-sql-built-variable
    cursor.execute(sql)
    other = "DELETE FROM sessions WHERE email = '{}'".format(email)
    # ruleid: python-sql-built-variable
    cursor.execute(other)


class Accounts:
    def check(self, user, password):
        sql = (
            "SELECT * FROM accounts "
            "WHERE name = '" + user + "' AND password = '" + password + "'"
        )
        with self.connection.cursor() as cursor:
            # ruleid: python-sql-built-variable
            cursor.execute(sql)

    def search(self, filters):
        sql = "SELECT * FROM orders WHERE 1 = 1"
        for column, value in filters.items():
            sql += f" AND {column} = '{value}'"
        # ruleid: python-sql-built-variable
        return self.session.execute(text(sql)).all()


def quiet(cursor, name, ids, columns, limit):
    query = "SELECT * FROM users WHERE name = %s"
    # ok: python-sql-built-variable
    cursor.execute(query, (name,))
    marks = ", ".join("?" for _ in ids)
    many = f"SELECT * FROM users WHERE id IN ({', '.join('?' * len(ids))})"
    # ok: python-sql-built-variable
    cursor.execute(many, ids)
    table = f"SELECT * FROM {name} WHERE id = ?"
    # ok: python-sql-built-variable
    cursor.execute(table, (1,))
    page = f"SELECT * FROM users WHERE id > {int(limit)}"
    # ok: python-sql-built-variable
    cursor.execute(page)
    message = f"select a user (name = {name})"
    # ok: python-sql-built-variable
    print(message)
    sql = "SELECT * FROM users WHERE 1 = 1"
    if name:
        sql += " AND name = ?"
    # ok: python-sql-built-variable
    cursor.execute(sql, (name,))
    fields = ", ".join(columns)
    insert = f"INSERT INTO users ({fields}) VALUES ({', '.join('?' for _ in columns)})"
    # ok: python-sql-built-variable
    cursor.execute(insert, ids)


def constant_table(cursor, name):
    query = f"SELECT * FROM {TABLE} WHERE name = '{name}'"
    # ruleid: python-sql-built-variable
    cursor.execute(query)
    limited = f"SELECT * FROM {TABLE} WHERE id > {FIRST_ID}"
    # ok: python-sql-built-variable
    cursor.execute(limited)


def named_table(cursor, table, name):
    query = f"SELECT * FROM {table} WHERE name = %s"
    # ok: python-sql-built-variable
    cursor.execute(query, (name,))
    other = "SELECT * FROM " + table + " WHERE name = %s"
    # ok: python-sql-built-variable
    cursor.execute(other, (name,))
    named = "SELECT * FROM users WHERE name = '%(name)s'" % {"name": name}
    # ruleid: python-sql-built-variable
    cursor.execute(named)
    numbered = "SELECT * FROM users WHERE kind = %d" % KIND
    # ok: python-sql-built-variable
    cursor.execute(numbered)


async def by_number(connection, number: int, text):
    # ok: python-sql-built-variable
    await connection.fetch(f"SELECT * FROM users WHERE id = {number}")
    page = int(text)
    query = f"SELECT * FROM users WHERE page = {page}"
    # ok: python-sql-built-variable
    connection.execute(query)
    query = f"SELECT * FROM users WHERE id = {number} AND name = '{text}'"
    # ruleid: python-sql-built-variable
    connection.execute(query)


async def in_the_call(connection, name):
    # ruleid: python-sql-built-variable
    await connection.fetch(f"SELECT * FROM users WHERE name = '{name}'")
    # ruleid: python-sql-built-variable
    await connection.fetch_all(f"SELECT * FROM users WHERE name = '{name}'")
    # ruleid: python-sql-built-variable
    duckdb.sql(f"SELECT * FROM users WHERE name = '{name}'")
    # ruleid: python-sql-built-variable
    pandas.read_sql(f"SELECT * FROM users WHERE name = '{name}'", connection)
    # ruleid: python-sql-built-variable
    User.objects.extra(where=[f"name = '{name}'"])
    part = f"(SELECT 1 FROM users WHERE name = '{name}')"
    # ruleid: python-sql-built-variable
    django.db.models.expressions.RawSQL(part, [])
    # ok: python-sql-built-variable
    connection.execute(quoted(f"SELECT * FROM users WHERE name = '{name}'"))


def cleaned(connection, name):
    part = f"SELECT * FROM users WHERE name = '{name}'"
    query = quote_all(part)
    # ok: python-sql-built-variable
    connection.execute(query)
    identifier = sql.Identifier(part)
    # ok: python-sql-built-variable
    connection.execute(identifier)
    literal = sql.Literal(part)
    # ok: python-sql-built-variable
    connection.execute(literal)


async def other_texts(connection, name):
    # ruleid: python-sql-built-variable
    await connection.fetch("SELECT * FROM users WHERE name = '%s'" % name)
    # ruleid: python-sql-built-variable
    await connection.fetch("SELECT * FROM users WHERE name = '{}'".format(name))
    # ruleid: python-sql-built-variable
    await connection.fetch("SELECT * FROM users WHERE name = '" + name + "'")
