def check(password, new_password, form):
    # ruleid: python-short-password
    if len(password) < 4:
        return False
    # ruleid: python-short-password
    if not len(new_password) >= 6:
        return False
    # ruleid: python-short-password
    if len(form.password) <= 5:
        return False
    # ruleid: python-short-password
    enough = len(password) > 6
    # ok: python-short-password
    if len(password) < 12:
        return False
    # ok: python-short-password
    if len(password) > 0:
        return False
    # ok: python-short-password
    if len(password) > 72:
        return False
    # ok: python-short-password
    return enough and len(form.name) >= 4
