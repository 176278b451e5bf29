from flask import Flask

app = Flask(__name__)
# ruleid: python-session-cookie-settings
SESSION_COOKIE_SECURE = False
# ruleid: python-session-cookie-settings
app.config["SESSION_COOKIE_HTTPONLY"] = False
# ruleid: python-session-cookie-settings
app.config.update(SESSION_COOKIE_SECURE=False, TESTING=False)

# ok: python-session-cookie-settings
CSRF_COOKIE_SECURE = True
# ok: python-session-cookie-settings
app.config["SESSION_COOKIE_SECURE"] = not app.debug
# ok: python-session-cookie-settings
CSRF_COOKIE_HTTPONLY = False
# ok: python-session-cookie-settings
app.config["SESSION_REFRESH_EACH_REQUEST"] = False
