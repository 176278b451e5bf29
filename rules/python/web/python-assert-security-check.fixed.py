import hmac


def remove(user, item, given, signature):
    # ruleid: python-assert-security-check
    if not user.is_admin:
        raise AssertionError
    # ruleid: python-assert-security-check
    if not user.has_perm("shop.delete_item"):
        raise AssertionError("not allowed")
    # ruleid: python-assert-security-check
    if not hmac.compare_digest(given, signature):
        raise AssertionError
    # ok: python-assert-security-check
    assert item is not None
    # ok: python-assert-security-check
    assert isinstance(user, User)
    # ok: python-assert-security-check
    assert user.is_admin is False or True
    if not user.is_admin:
        # ok: python-assert-security-check
        raise PermissionError("administrators only")
