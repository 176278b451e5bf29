response = make_response("ok")
# ruleid: python-cookie-flags
response.set_cookie("session", token)
# ruleid: python-cookie-flags
response.set_cookie("auth_token", value=token, httponly=True)
# ruleid: python-cookie-flags
response.set_cookie(key="jwt", value=token, max_age=60)

# ok: python-cookie-flags
response.set_cookie("session", token, secure=True, httponly=True, samesite="Lax")
# ok: python-cookie-flags
response.set_cookie("theme", "dark")
# ok: python-cookie-flags
response.set_cookie("session", token, **COOKIE_OPTIONS)
# ok: python-cookie-flags
response.set_cookie("session", token, httponly=True, max_age=60, secure=settings.secure)
# ok: python-cookie-flags
response.delete_cookie("session")
# ruleid: python-cookie-flags
response.set_cookie("auth", value=token, secure=False, httponly=False)
# ok: python-cookie-flags
response.set_cookie("sid", token, httponly=settings.http_only, secure=True)


# ruleid: python-cookie-flags
response.set_cookie("theme", "dark", secure=False, httponly=True)
# ruleid: python-cookie-flags
response.set_cookie("theme", "dark", secure=True, httponly=False)
# ruleid: python-cookie-flags
response.set_cookie("user", name)


# ok: python-cookie-flags
response.set_cookie(token, "done")
