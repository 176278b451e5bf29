import jwt
from jose import jwt as jose_jwt
from jwt import decode

# ruleid: python-jwt-without-algorithms
jwt.decode(token, key)
# ruleid: python-jwt-without-algorithms
decode(token, key=key)
# ruleid: python-jwt-without-algorithms
jose_jwt.decode(token, key, algorithms=None)
# ok: python-jwt-without-algorithms
jwt.decode(token, key, algorithms=["RS256"])
# ok: python-jwt-without-algorithms
jwt.decode(token, key, ["RS256"])
# ok: python-jwt-without-algorithms
jwt.decode(token, key, **options)
# ok: python-jwt-without-algorithms
codecs.decode(token, key)


def every_form(request):
    # ruleid: python-jwt-without-algorithms
    jwt.decode(token, key, algorithms=None)
    # ruleid: python-jwt-without-algorithms
    jwt.decode(token, key, audience=audience)
    # ruleid: python-jwt-without-algorithms
    jose.jwt.decode(token, key)
    # ruleid: python-jwt-without-algorithms
    jose.jwt.decode(token, key, audience=audience)
    # ruleid: python-jwt-without-algorithms
    jose.jws.verify(token, key, None)
