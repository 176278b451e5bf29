import os

# ruleid: python-hardcoded-password
DB_PASSWORD = "c0rrect-h0rse"
# ruleid: python-hardcoded-password
settings.api_key = "9f8e7d6c5b4a39281706"
# ruleid: python-hardcoded-password
config["secret_key"] = "Tr0ub4dor&3"
# ruleid: python-hardcoded-password
connect(host="db", user="app", password="hunter22!x")
# ruleid: python-hardcoded-password
options = {"user": "app", "password": "hunter22!x"}

# ok: python-hardcoded-password
DB_PASSWORD = os.environ["DB_PASSWORD"]
# ok: python-hardcoded-password
password = ""
# ok: python-hardcoded-password
password = "changeme123"
# ok: python-hardcoded-password
password_field = "user_password_1"
# ok: python-hardcoded-password
form = {"password": "Your password, 8 characters"}
# ok: python-hardcoded-password
api_key = "<your key 1>"
# ok: python-hardcoded-password
PASSWORD = "auth.password.v2"


def log_in(request):
    # ruleid: python-hardcoded-password
    if request.form["password"] == "c0rrect-h0rse":
        return True
    # ruleid: python-hardcoded-password
    if request.form.get("password") == "c0rrect-h0rse":
        return True
    # ok: python-hardcoded-password
    return request.form["password"] == settings.PASSWORD


def more_forms(request):
    # ruleid: python-hardcoded-password
    check(user.password == "c0rrect-h0rse")
