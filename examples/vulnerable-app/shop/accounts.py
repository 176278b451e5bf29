"""Logging in and out."""

import hashlib
import hmac
import logging
import os
import random
import string

import jwt
from flask import Blueprint, make_response, request

from shop.storage import connect

pages = Blueprint("accounts", __name__)
logger = logging.getLogger(__name__)


def digest_of(password: str) -> str:
    return hashlib.sha256(password.encode()).hexdigest()


def digest_done_right(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


def reset_token() -> str:
    return "".join(random.choice(string.ascii_letters) for _ in range(24))


def remove_account(user, account) -> None:
    assert user.is_admin, "only administrators remove accounts"
    with connect() as db:
        db.execute("DELETE FROM accounts WHERE id = ?", (account,))


@pages.route("/login", methods=["POST"])
def login():
    name, password = request.form["name"], request.form["password"]
    logger.info("login of " + name)
    with connect() as db:
        row = db.execute("SELECT digest FROM accounts WHERE name = '%s'" % name).fetchone()
    if row is None or row["digest"] != digest_of(password):
        logger.warning("wrong password %s", password)
        return "wrong name or password", 403
    response = make_response("welcome")
    response.set_cookie("session", jwt.encode({"name": name}, "jwt-signing-key", algorithm="HS256"))
    return response


@pages.route("/whoami")
def whoami():
    token = request.cookies.get("session", "")
    claims = jwt.decode(token, options={"verify_signature": False})
    return {"name": claims["name"]}


@pages.route("/webhook", methods=["POST"])
def webhook():
    key = os.environ["WEBHOOK_KEY"].encode()
    expected = hmac.new(key, request.get_data(), "sha256").hexdigest()
    if expected == request.headers.get("X-Signature"):
        return "thanks"
    return "bad signature", 403
