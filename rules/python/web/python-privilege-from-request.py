from flask import request, session


def act(current_user):
    # ruleid: python-privilege-from-request
    if request.args.get("admin") == "true":
        return "all"
    # ruleid: python-privilege-from-request
    if request.cookies.get("is_admin", "0") == "1":
        return "all"
    # ruleid: python-privilege-from-request
    if request.headers["X-Admin"] == "yes":
        return "all"
    # ruleid: python-privilege-from-request
    if request.form.get("is_staff"):
        return "all"
    # ok: python-privilege-from-request
    if session.get("is_admin") == "1":
        return "all"
    # ok: python-privilege-from-request
    if current_user.is_admin:
        return "all"
    # ok: python-privilege-from-request
    if request.args.get("page") == "admin":
        return "page"
    # ok: python-privilege-from-request
    audit.is_staff = request.form.get("is_staff")
    return "none"


def edit(current_user):
    # ruleid: python-privilege-from-request
    current_user.role = request.form["role"]
    # ruleid: python-privilege-from-request
    current_user.is_admin = request.form.get("is_admin")
    # ok: python-privilege-from-request
    current_user.name = request.form["name"]
