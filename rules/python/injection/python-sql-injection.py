from sqlalchemy import text
import pandas as pd
import sqlalchemy
from flask import request
from psycopg2 import sql
from sqlalchemy import select, text


@app.route("/user")
def user():
    name = request.args.get("name", "")
    query = "SELECT * FROM users WHERE name = '" + name + "'"
    # ruleid: python-sql-injection
    cursor.execute(query)
    # ruleid: python-sql-injection
    db.session.execute(text(f"DELETE FROM users WHERE name = '{name}'"))
    # ruleid: python-sql-injection
    pd.read_sql("SELECT * FROM t WHERE a = '%s'" % name, engine)
    # ok: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE name = %s", (name,))
    # ok: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE name = :name", {"name": name})
    # ok: python-sql-injection
    db.session.execute(text("SELECT * FROM users WHERE name = :name"), {"name": name})
    # ok: python-sql-injection
    db.session.execute(select(User).where(User.name == name))
    limit = int(request.args["limit"])
    # ok: python-sql-injection
    cursor.execute(f"SELECT * FROM users LIMIT {limit}")
    # ok: python-sql-injection
    cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)))
    # ok: python-sql-injection
    executor.submit(query)


@router.get("/items/{kind}")
async def items(kind: str, page: int):
    # ruleid: python-sql-injection
    rows = await connection.fetchrow(f"SELECT * FROM items WHERE kind = '{kind}'")
    # ok: python-sql-injection
    rows = await connection.fetchrow(f"SELECT * FROM items OFFSET {page}")
    # ok: python-sql-injection
    return await connection.fetchrow("SELECT * FROM items WHERE kind = $1", kind)


def view(request):
    # ruleid: python-sql-injection
    people = Person.objects.raw("SELECT * FROM person WHERE name = '%s'" % request.GET["name"])
    # ok: python-sql-injection
    people = Person.objects.raw("SELECT * FROM person WHERE name = %s", [request.GET["name"]])
    # ok: python-sql-injection
    people = Person.objects.filter(name=request.GET["name"])


async def more(request, conn):
    name = request.query["name"]
    # ruleid: python-sql-injection
    await conn.fetch("SELECT * FROM t WHERE name = '{}'".format(name))
    # ruleid: python-sql-injection
    await database.fetch_all(query="SELECT 1", values={}) and await database.fetch_all(f"SELECT '{name}'")
    # ruleid: python-sql-injection
    cursor.execute(operation="SELECT * FROM t WHERE a = '%s'" % name)
    # ok: python-sql-injection
    await conn.fetch("SELECT * FROM t WHERE name = $1", name)
    column = COLUMNS[request.query["order"]]
    # ok: python-sql-injection
    await conn.fetch(f"SELECT * FROM t ORDER BY {column}")
    if name not in NAMES:
        raise ValueError(name)
    # ok: python-sql-injection
    await conn.fetch(f"SELECT * FROM {name}")


def in_a_filter(request):
    name = request.GET["name"]
    # ruleid: python-sql-injection
    User.query.filter(text(f"name = '{name}'")).all()
    # ruleid: python-sql-injection
    User.objects.extra(order_by=[request.GET["order"]])
    # ruleid: python-sql-injection
    User.objects.extra(tables=[request.GET["table"]])
    # ok: python-sql-injection
    User.query.filter(User.name == name).all()


def every_form(request):
    # ruleid: python-sql-injection
    cursor.executemany(request.GET["q"])
    # ruleid: python-sql-injection
    cursor.executescript(request.GET["q"])
    # ruleid: python-sql-injection
    cursor.fetchval(request.GET["q"])
    # ruleid: python-sql-injection
    cursor.fetch_one(request.GET["q"])
    # ruleid: python-sql-injection
    cursor.fetch_val(request.GET["q"])
    # ruleid: python-sql-injection
    cursor.execute_sql(request.GET["q"])
    # ruleid: python-sql-injection
    cursor.mogrify(request.GET["q"])
    # ruleid: python-sql-injection
    cursor.copy_expert(request.GET["q"])
    # ruleid: python-sql-injection
    conn.query(request.GET["q"])
    # ruleid: python-sql-injection
    conn.sql(request.GET["q"])
    # ruleid: python-sql-injection
    cursor.execute(query=request.GET["q"])
    # ruleid: python-sql-injection
    cursor.execute(sql=request.GET["q"])
    # ruleid: python-sql-injection
    cursor.execute(statement=request.GET["q"])
    # ruleid: python-sql-injection
    db.exec_driver_sql(request.GET["q"])
    # ruleid: python-sql-injection
    django.db.models.expressions.RawSQL(request.GET["q"])
    # ruleid: python-sql-injection
    django.db.models.RawSQL(request.GET["q"])
    # ruleid: python-sql-injection
    sqlalchemy.sql.text(request.GET["q"])
    # ruleid: python-sql-injection
    query.extra(where=request.GET["q"])
    # ruleid: python-sql-injection
    query.extra(select=request.GET["q"])
    # ruleid: python-sql-injection
    sqlalchemy.literal_column(request.GET["q"])
    # ruleid: python-sql-injection
    sqlalchemy.sql.expression.text(request.GET["q"])
    # ruleid: python-sql-injection
    peewee.SQL(request.GET["q"])
    # ruleid: python-sql-injection
    peewee.RawQuery(request.GET["q"])
    # ruleid: python-sql-injection
    pandas.read_sql_query(request.GET["q"])


def cleaned(request):
    # ok: python-sql-injection
    connection.execute(sqlalchemy.select(func.lower(request.GET["q"])))
    # ok: python-sql-injection
    connection.execute(users.filter_by(name=request.GET["q"]))
    # ok: python-sql-injection
    connection.execute(psycopg2.sql.Literal(request.GET["q"]))
    # ok: python-sql-injection
    connection.execute(psycopg.sql.Identifier(request.GET["q"]))
    # ok: python-sql-injection
    connection.execute(psycopg.sql.Literal(request.GET["q"]))


from django.db.models.expressions import RawSQL
from google.cloud import bigquery


def counted(request):
    client = bigquery.Client()
    # ruleid: python-sql-injection
    return client.query(f"SELECT count(*) FROM events WHERE kind = '{request.GET['kind']}'")


def counted_with_parameters(request):
    client = bigquery.Client()
    # ok: python-sql-injection
    return client.query("SELECT count(*) FROM events WHERE kind = @kind", job_config=parameters(request.GET["kind"]))


def annotated(request):
    # ruleid: python-sql-injection
    return User.objects.annotate(value=RawSQL("SELECT %s FROM stats" % request.GET["column"], ()))


def bound(request):
    # ok: python-sql-injection
    session.execute(sqlalchemy.text("SELECT * FROM users WHERE name = :name").bindparams(name=request.GET["name"]))
    # ruleid: python-sql-injection
    session.execute(sqlalchemy.text("SELECT * FROM users WHERE name = " + request.GET["name"]).bindparams(limit=1))


def by_other_clients(request):
    import asyncpg

    term = request.GET["term"]
    # ruleid: python-sql-injection
    connection.fetch(f"SELECT * FROM users WHERE name = '{term}'")
    # ruleid: python-sql-injection
    table.execute_statement(Statement="SELECT * FROM users WHERE name = '" + term + "'")
    # ok: python-sql-injection
    connection.fetch("SELECT * FROM users WHERE name = $1", term)
    wanted = request.GET.getlist("name")
    names = [f"'{name}'" for name in wanted]
    # ruleid: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE name IN (" + ",".join(names) + ")")
    # ok: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE id IN (%s)" % ",".join([str(int(i)) for i in request.GET.getlist("id")]))


def by_element(request):
    fields = {}
    fields["kept"] = "constant"
    fields["sent"] = request.GET["sent"]
    # ok: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE name = '" + fields["kept"] + "'")
    # ruleid: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE name = '" + fields["sent"] + "'")
    values = []
    values.append("first")
    values.append(request.GET["sent"])
    values.append("last")
    values.pop(0)
    # ok: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE name = '" + values[1] + "'")
    # ruleid: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE name = '" + values[0] + "'")
    settings = configparser.ConfigParser()
    settings.set("section", "kept", "constant")
    settings.set("section", "sent", request.GET["sent"])
    kept = settings.get("section", "kept")
    # ok: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE name = '" + kept + "'")
    sent = settings.get("section", "sent")
    # ruleid: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE name = '" + sent + "'")


def of_the_query_string(request):
    query = request.query_string.decode("utf-8")
    start = query.find("name=") + 5
    name = urllib.parse.unquote_plus(query[start:])
    # ruleid: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE name = '" + name + "'")
    # ok: python-sql-injection
    cursor.execute("SELECT * FROM users WHERE name = %s", [name])
