import os

import jwt
from jose import jwt as jose_jwt

KEY = "s3cret"
# ruleid: python-hardcoded-jwt-key
a = jwt.encode(claims, "s3cret", algorithm="HS256")
# ruleid: python-hardcoded-jwt-key
b = jwt.decode(token, KEY, algorithms=["HS256"])
# ruleid: python-hardcoded-jwt-key
c = jose_jwt.encode(claims, "s3cret")

# ok: python-hardcoded-jwt-key
d = jwt.encode(claims, os.environ["JWT_KEY"], algorithm="HS256")
# ok: python-hardcoded-jwt-key
e = jwt.decode(token, key, algorithms=["RS256"])
# ok: python-hardcoded-jwt-key
f = jwt.decode(token, "", options={"verify_signature": False})
# ok: python-hardcoded-jwt-key
g = codec.encode(text, "utf-8")


def every_form(request):
    # ruleid: python-hardcoded-jwt-key
    jwt.encode(key="a")
    # ruleid: python-hardcoded-jwt-key
    jwt.decode(key="a")
    # ruleid: python-hardcoded-jwt-key
    jose.jwt.decode(token, "a")
