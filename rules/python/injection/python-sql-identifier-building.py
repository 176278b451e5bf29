import sqlite3


def ordered(conn, column, table, ids):
    # ruleid: python-sql-identifier-building
    conn.execute("SELECT * FROM t ORDER BY " + column)
    # ruleid: python-sql-identifier-building
    conn.execute(f"SELECT * FROM {table}")
    # ruleid: python-sql-identifier-building
    conn.execute("SELECT * FROM t WHERE id IN (" + ",".join(ids) + ")")
    # ruleid: python-sql-identifier-building
    conn.executescript("DROP TABLE IF EXISTS %s" % table)


def checked(conn, column):
    if column not in COLUMNS:
        raise ValueError(column)
    # ok: python-sql-identifier-building
    conn.execute(f"SELECT * FROM t ORDER BY {column}")


def quiet(conn, limit: int):
    # ok: python-sql-identifier-building
    conn.execute(f"SELECT * FROM t LIMIT {limit}")
    # ok: python-sql-identifier-building
    conn.execute("SELECT * FROM t WHERE id = ?", (limit,))
    # ok: python-sql-identifier-building
    conn.execute(f"SELECT * FROM {TABLE}")
    # ok: python-sql-identifier-building
    conn.execute("SELECT * FROM " + COLUMNS[limit])


def other_forms(cursor, table, columns, end):
    # ruleid: python-sql-identifier-building
    cursor.execute("SELECT * FROM {}".format(table))
    # ruleid: python-sql-identifier-building
    cursor.execute(f"SELECT {','.join(columns)} FROM users")
    # ruleid: python-sql-identifier-building
    cursor.execute("SELECT * FROM " + table + end)
