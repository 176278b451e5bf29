import jwt
from jose import jwt as jose_jwt
from jwt import decode

# ruleid: python-jwt-not-verified
a = jwt.decode(token, options={"verify_signature": False})
# ruleid: python-jwt-not-verified
b = decode(token, key, algorithms=["HS256", "none"])
# ruleid: python-jwt-not-verified
c = jwt.encode(claims, None, algorithm="none")
# ruleid: python-jwt-not-verified
d = jose_jwt.get_unverified_claims(token)

# ok: python-jwt-not-verified
e = jwt.decode(token, key, algorithms=["RS256"])
# ok: python-jwt-not-verified
f = jwt.decode(token, key, algorithms=["HS256"], options={"verify_signature": True})
# ok: python-jwt-not-verified
g = jwt.decode(token, key, algorithms=["HS256"], options={"verify_exp": False})
# ok: python-jwt-not-verified
h = jwt.get_unverified_header(token)
# ok: python-jwt-not-verified
i = codec.decode(data, verify=False)
# ruleid: python-jwt-not-verified
j = jwt.decode(token, algorithms=["HS256"], options=dict(verify_signature=False))


def every_form(request):
    # ruleid: python-jwt-not-verified
    jwt.decode(verify=False)
    # ruleid: python-jwt-not-verified
    jwt.encode(algorithm=None)
    # ruleid: python-jwt-not-verified
    jose.jwt.decode(options={"verify_signature":False})
    # ruleid: python-jwt-not-verified
    jose.jwt.decode(algorithms=["none"])
    # ruleid: python-jwt-not-verified
    jose.jwt.decode(algorithms="none")
