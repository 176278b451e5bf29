from flask import request

ALLOWED = {"10.0.0.1"}


@app.route("/admin")
def admin():
    # ruleid: python-forwarded-for-trust
    if request.headers["X-Forwarded-For"] == "127.0.0.1":
        return page()
    address = request.headers.get("X-Real-IP", "").strip()
    # ruleid: python-forwarded-for-trust
    if address not in ALLOWED:
        abort(403)
    # ok: python-forwarded-for-trust
    if request.remote_addr == "127.0.0.1":
        return page()
    # ok: python-forwarded-for-trust
    logger.info("from %s", request.headers.get("X-Forwarded-For"))
    # ok: python-forwarded-for-trust
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return page()


def view(request):
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR")
    # ruleid: python-forwarded-for-trust
    if forwarded.split(",")[0].startswith("10."):
        return page()
    # ok: python-forwarded-for-trust
    if request.META["REMOTE_ADDR"] in ALLOWED:
        return page()


def allowed(request):
    address = request.headers.getlist("X-Forwarded-For")
    # ruleid: python-forwarded-for-trust
    if address[0] != "10.0.0.1":
        return False
    caller = request.headers.get("X-Forwarded-For")
    # ruleid: python-forwarded-for-trust
    if caller in KNOWN:
        return True
    # ruleid: python-forwarded-for-trust
    return ipaddress.ip_address(caller).is_private
