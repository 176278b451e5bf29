import jwt
from jwt import decode


def check(token, key):
    header = jwt.get_unverified_header(token)
    # ruleid: python-jwt-unverified-header
    jwt.decode(token, key, algorithms=[header["alg"]])
    # ruleid: python-jwt-unverified-header
    decode(token, key=key, algorithms=header["alg"])
    # ruleid: python-jwt-unverified-header
    jwt.decode(token, key, algorithms=[jwt.get_unverified_header(token).get("alg")])
    algorithm = header["alg"]
    # ruleid: python-jwt-unverified-header
    jwt.decode(token, key, algorithms=[algorithm])
    # ok: python-jwt-unverified-header
    jwt.decode(token, key, algorithms=["RS256"])
    # ok: python-jwt-unverified-header
    jwt.decode(token, KEYS[header["kid"]], algorithms=["RS256"])
    # ok: python-jwt-unverified-header
    jwt.decode(token, key, algorithms=settings.ALGORITHMS)
    # ok: python-jwt-unverified-header
    jwt.encode(claims, key, algorithm=header["alg"])


def every_form(request):
    # ruleid: python-jwt-unverified-header
    jwt.decode(algorithms=header.get("alg"))
    # ruleid: python-jwt-unverified-header
    jose.jwt.decode(algorithms=[header["alg"]])
    # ruleid: python-jwt-unverified-header
    jose.jwt.decode(algorithms=header["alg"])


def named(token, key, header):
    algorithm = header.get("alg")
    # ruleid: python-jwt-unverified-header
    return jwt.decode(token, key, algorithms=[algorithm])
