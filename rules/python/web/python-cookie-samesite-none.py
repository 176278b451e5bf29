# ruleid: python-cookie-samesite-none
SESSION_COOKIE_SAMESITE = "None"


def answer(app, response, value):
    # ruleid: python-cookie-samesite-none
    response.set_cookie("session", value, secure=True, httponly=True, samesite="None")
    # ruleid: python-cookie-samesite-none
    response.set_cookie(key="session", value=value, samesite="none")
    # ruleid: python-cookie-samesite-none
    app.config["SESSION_COOKIE_SAMESITE"] = "None"
    # ruleid: python-cookie-samesite-none
    app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="None")
    # ok: python-cookie-samesite-none
    response.set_cookie("session", value, secure=True, httponly=True, samesite="Lax")
    # ok: python-cookie-samesite-none
    response.set_cookie("session", value, secure=True, httponly=True, samesite="Strict")
    # ok: python-cookie-samesite-none
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    # ok: python-cookie-samesite-none
    response.set_cookie("session", value, samesite=None)
