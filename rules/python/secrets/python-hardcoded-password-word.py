import psycopg2
import pymysql
import redis

# ruleid: python-hardcoded-password-word
DB_PASSWORD = "SuperSecretThing"
# ruleid: python-hardcoded-password-word
db_pass = "letmein"
# ruleid: python-hardcoded-password-word
pymysql.connect(host="db", user="root", passwd="rootroot")
# ruleid: python-hardcoded-password-word
redis.Redis(host="cache", password="swordfish")
# ruleid: python-hardcoded-password-word
password = "opensesame"

# ok: python-hardcoded-password-word
DB_PASSWORD = "changeme"
# ok: python-hardcoded-password-word
ADMIN_PASSWORD = ""
# ok: python-hardcoded-password-word
password = "password"
# ok: python-hardcoded-password-word
widget = Field(password="Kennwort")
# ok: python-hardcoded-password-word
input_type = "hidden"
# ok: python-hardcoded-password-word
password_field = "secretword"
# ok: python-hardcoded-password-word
psycopg2.connect(host="db", password=settings.password)


def every_form(request):
    # ruleid: python-hardcoded-password-word
    PASSWORD = "value"


def is_let_in(password, form):
    # ruleid: python-hardcoded-password-word
    if password == "letmein":
        return True
    # ok: python-hardcoded-password-word
    return password == form["password"]
