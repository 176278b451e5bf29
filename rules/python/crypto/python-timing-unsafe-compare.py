import hmac
from hmac import compare_digest


def webhook(request, key, body, signature):
    # ruleid: python-timing-unsafe-compare
    if hmac.new(key, body, "sha256").hexdigest() == signature:
        return True
    expected = hmac.new(key, body, "sha256").hexdigest()
    # ruleid: python-timing-unsafe-compare
    if expected != request.headers["X-Signature"]:
        return False
    # ruleid: python-timing-unsafe-compare
    if settings.api_key == request.headers["X-Api-Key"]:
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
    if token == os.environ["API_TOKEN"]:
        return True
    # ruleid: python-timing-unsafe-compare
    return request.headers.get("X-Api-Key") != settings.API_KEY


def by_token(session, models, auth_token):
    # ok: python-timing-unsafe-compare
    return session.query(models.Token).filter(models.Token.auth_token == auth_token).first()


def the_other_way(key, body, given):
    # ruleid: python-timing-unsafe-compare
    if given == hmac.new(key, body, "sha256").hexdigest():
        return True
    # ruleid: python-timing-unsafe-compare
    return given != hmac.new(key, body, "sha256").hexdigest()


def csrf(request, session):
    # ruleid: python-timing-unsafe-compare
    return request.form["csrf_token"] == session["csrf_token"]


def every_form(request):
    # ruleid: python-timing-unsafe-compare
    hmac.new().digest() == other
    # ruleid: python-timing-unsafe-compare
    hmac.new().hexdigest() != other
    # ruleid: python-timing-unsafe-compare
    hmac.new().digest() != other
    # ruleid: python-timing-unsafe-compare
    hmac.digest() == other
    # ruleid: python-timing-unsafe-compare
    hmac.digest() != other


def named_digest(key, body, given, api_key):
    digest = hmac.new(key, body, "sha256").hexdigest()
    # ruleid: python-timing-unsafe-compare
    if digest == given:
        return True
    # ruleid: python-timing-unsafe-compare
    return api_key != given.headers["X-Api-Key"]


def raw(key, body, given):
    first = hmac.new(key, body, "sha256").digest()
    # ruleid: python-timing-unsafe-compare
    if first == given:
        return True
    second = hmac.digest(key, body, "sha256")
    # ruleid: python-timing-unsafe-compare
    return second == given
