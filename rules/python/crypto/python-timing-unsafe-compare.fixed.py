import hmac
from hmac import compare_digest


def webhook(request, key, body, signature):
    # ruleid: python-timing-unsafe-compare
    if compare_digest(hmac.new(key, body, "sha256").hexdigest(), signature):
        return True
    expected = hmac.new(key, body, "sha256").hexdigest()
    # ruleid: python-timing-unsafe-compare
    if not compare_digest(expected, request.headers["X-Signature"]):
        return False
    # ruleid: python-timing-unsafe-compare
    if compare_digest(settings.api_key, request.headers["X-Api-Key"]):
        return True
    # ok: python-timing-unsafe-compare
    if hmac.compare_digest(expected, signature):
        return True
    # ok: python-timing-unsafe-compare
    if compare_digest(settings.api_key, request.headers["X-Api-Key"]):
        return True
    # ok: python-timing-unsafe-compare
    if api_key == "":
        return True
    # ok: python-timing-unsafe-compare
    if signature is None or len(signature) != 64:
        return True
    # ok: python-timing-unsafe-compare
    if token == TOKEN_COMMA:
        return True
    # ok: python-timing-unsafe-compare
    return user.name == other.name


def check_token(request, token):
    # ruleid: python-timing-unsafe-compare
    if compare_digest(token, os.environ["API_TOKEN"]):
        return True
    # ruleid: python-timing-unsafe-compare
    return not compare_digest(request.headers.get("X-Api-Key", ""), settings.API_KEY)


def by_token(session, models, auth_token):
    # ok: python-timing-unsafe-compare
    return session.query(models.Token).filter(models.Token.auth_token == auth_token).first()


def the_other_way(key, body, given):
    # ruleid: python-timing-unsafe-compare
    if compare_digest(given, hmac.new(key, body, "sha256").hexdigest()):
        return True
    # ruleid: python-timing-unsafe-compare
    return not compare_digest(given, hmac.new(key, body, "sha256").hexdigest())


def csrf(request, session):
    # ruleid: python-timing-unsafe-compare
    return compare_digest(request.form["csrf_token"], session["csrf_token"])


def every_form(request):
    # ruleid: python-timing-unsafe-compare
    compare_digest(hmac.new().digest(), other)
    # ruleid: python-timing-unsafe-compare
    not compare_digest(hmac.new().hexdigest(), other)
    # ruleid: python-timing-unsafe-compare
    not compare_digest(hmac.new().digest(), other)
    # ruleid: python-timing-unsafe-compare
    compare_digest(hmac.digest(), other)
    # ruleid: python-timing-unsafe-compare
    not compare_digest(hmac.digest(), other)


def named_digest(key, body, given, api_key):
    digest = hmac.new(key, body, "sha256").hexdigest()
    # ruleid: python-timing-unsafe-compare
    if compare_digest(digest, given):
        return True
    # ruleid: python-timing-unsafe-compare
    return not compare_digest(api_key, given.headers["X-Api-Key"])


def raw(key, body, given):
    first = hmac.new(key, body, "sha256").digest()
    # ruleid: python-timing-unsafe-compare
    if compare_digest(first, given):
        return True
    second = hmac.digest(key, body, "sha256")
    # ruleid: python-timing-unsafe-compare
    return compare_digest(second, given)
