"""A small web shop. Deliberately vulnerable: see README.md."""

from flask import Flask

from shop import accounts, jobs, views

DB_PASSWORD = "c0rrect-h0rse-battery"


def create_app() -> Flask:
    app = Flask(__name__)
    app.secret_key = "shop-secret-2024"
    app.config["SESSION_COOKIE_SECURE"] = False
    app.config["DATABASE"] = f"postgresql://shop:{DB_PASSWORD}@db/shop"
    app.register_blueprint(views.pages)
    app.register_blueprint(accounts.pages)
    app.register_blueprint(jobs.pages)
    return app


if __name__ == "__main__":
    create_app().run(host="0.0.0.0", debug=True)
