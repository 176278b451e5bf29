import os

from flask import Flask

app = Flask(__name__)
# ruleid: python-hardcoded-web-secret-key
app.secret_key = "a-long-string-in-the-source"
# ruleid: python-hardcoded-web-secret-key
app.config["SECRET_KEY"] = "dev"
# ruleid: python-hardcoded-web-secret-key
SECRET_KEY = "django-insecure-8w#2k)m0v"
# ruleid: python-hardcoded-web-secret-key
app.config.from_mapping(SECRET_KEY="dev", DATABASE=path)

# ok: python-hardcoded-web-secret-key
app.secret_key = os.environ["SECRET_KEY"]
# ok: python-hardcoded-web-secret-key
SECRET_KEY = os.environ.get("SECRET_KEY")
# ok: python-hardcoded-web-secret-key
SECRET_KEY = ""
# ok: python-hardcoded-web-secret-key
SECRET_KEY = "<change me>"
# ok: python-hardcoded-web-secret-key
SECRET_KEY = "secret_key"
# ruleid: python-hardcoded-web-secret-key
JWT_SECRET = "supersecretjwtkey"


# ruleid: python-hardcoded-web-secret-key
JWT_SECRET_KEY = "c0rrect-h0rse-battery"
# ruleid: python-hardcoded-web-secret-key
app.config.update(DEBUG=False, SECRET_KEY="c0rrect-h0rse-battery")
# ruleid: python-hardcoded-web-secret-key
app.config["JWT_SECRET_KEY"] = "c0rrect-h0rse-battery"


# ruleid: python-hardcoded-web-secret-key
JWT_KEY = "c0rrect-h0rse-battery"
