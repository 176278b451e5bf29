import jwt
from jose import jwt as jose_jwt

# ruleid: python-jwt-checks-off
jwt.decode(token, key, algorithms=["RS256"], options={"verify_exp": True})
# ruleid: python-jwt-checks-off
jwt.decode(token, key, options={"require": ["exp"], "verify_aud": True}, algorithms=["RS256"])
# ruleid: python-jwt-checks-off
jose_jwt.decode(token, key, algorithms=["RS256"], options={"verify_exp": True})
# ok: python-jwt-checks-off
jwt.decode(token, key, algorithms=["RS256"], audience="app")
# ok: python-jwt-checks-off
jwt.decode(token, key, algorithms=["RS256"], options={"verify_exp": True})
# ok: python-jwt-checks-off
jwt.decode(token, options={"verify_signature": False, "verify_exp": False})
# ok: python-jwt-checks-off
jwt.decode(token, key, algorithms=["RS256"], options={"require": ["exp"]})
