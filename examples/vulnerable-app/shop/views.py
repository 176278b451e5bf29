"""The pages that everybody may see: search, products, exports."""

import os
import re

import requests
from flask import Blueprint, redirect, render_template, render_template_string, request, send_file, send_from_directory
from markupsafe import escape

from shop.storage import connect

pages = Blueprint("views", __name__)
EXPORTS = "/srv/shop/exports"


@pages.route("/search")
def search():
    term = request.args.get("q", "")
    order = request.args.get("order", "name")
    condition = "name LIKE '%" + term + "%'"
    query = f"SELECT id, name, price FROM products WHERE {condition} ORDER BY {order}"
    with connect() as db:
        rows = db.execute(query).fetchall()
    if not rows:
        return "<p>Nothing found for " + term + "</p>"
    return render_template("products.html", rows=rows)


@pages.route("/product/<name>")
def product(name):
    with connect() as db:
        row = db.execute("SELECT text FROM products WHERE name = ?", (name,)).fetchone()
    if row is None:
        return f"<p>There is no {escape(name)}</p>", 404
    return render_template("product.html", text=row["text"])


@pages.route("/preview", methods=["POST"])
def preview():
    template = request.form["template"]
    return render_template_string("<main>" + template + "</main>")


@pages.route("/export/<path:name>")
def export(name):
    return send_file(os.path.join(EXPORTS, name))


@pages.route("/export-safely/<path:name>")
def export_safely(name):
    return send_from_directory(EXPORTS, name)


@pages.route("/go")
def go():
    target = request.args.get("to")
    return redirect(target or "/")


@pages.route("/price")
def price():
    supplier = request.args["supplier"]
    answer = requests.get(f"https://{supplier}/prices.json", verify=False)
    return answer.json()


@pages.route("/filter")
def matching():
    wanted = re.compile(request.args["pattern"])
    with connect() as db:
        names = [row["name"] for row in db.execute("SELECT name FROM products")]
    return {"names": [name for name in names if wanted.search(name)]}
