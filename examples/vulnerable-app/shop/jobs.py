"""What administrators start: backups, imports, mail."""

import base64
import pickle
import ssl
import subprocess
import xml.etree.ElementTree as ElementTree

import httpx
from flask import Blueprint, request

pages = Blueprint("jobs", __name__)
RELAY = "10.0.0.25"


@pages.route("/backup", methods=["POST"])
def backup():
    folder = request.form["folder"]
    options = ["tar", "czf", "/backup/shop.tgz"]
    options.append(folder)
    command = " ".join(options)
    subprocess.run(command, shell=True, check=True)
    return "done"


@pages.route("/backup-safely", methods=["POST"])
def backup_safely():
    subprocess.run(["tar", "czf", "/backup/shop.tgz", "--", request.form["folder"]], check=True)
    return "done"


@pages.route("/restore-cart", methods=["POST"])
def restore_cart():
    cart = pickle.loads(base64.b64decode(request.cookies["cart"]))
    return {"items": len(cart)}


@pages.route("/import", methods=["POST"])
def import_products():
    tree = ElementTree.fromstring(request.get_data())
    return {"products": len(tree)}


@pages.route("/calculate")
def calculate():
    formula = request.args["formula"]
    return {"result": eval(formula)}


def relay_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.minimum_version = ssl.TLSVersion.TLSv1_1
    return context


def notify(text: str) -> None:
    # secloop: ignore[python-requests-verify-disabled] the relay is in the same rack and is reached by address
    httpx.post(f"https://{RELAY}/mail", json={"text": text}, verify=False)
