import hashlib
import hmac
from hashlib import md5

import Crypto.Hash.HMAC
import Cryptodome.Hash.HMAC
from Crypto.Hash import MD5
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

# ruleid: python-hmac-md5
a = hmac.new(key, body, hashlib.md5).hexdigest()
# ruleid: python-hmac-md5
b = hmac.new(key, body, "md5")
# ruleid: python-hmac-md5
c = hmac.new(key, msg=body, digestmod=md5)
# ruleid: python-hmac-md5
d = hmac.HMAC(key, body, digestmod="MD5")
# ruleid: python-hmac-md5
e = hmac.digest(key, body, digest="md5")
# ruleid: python-hmac-md5
f = HMAC(key, hashes.MD5())
# ruleid: python-hmac-md5
g = Crypto.Hash.HMAC.new(key, digestmod=MD5)
# ruleid: python-hmac-md5
h = Cryptodome.Hash.HMAC.new(key, body, digestmod=Cryptodome.Hash.MD5)

# ok: python-hmac-md5
i = hmac.new(key, body, hashlib.sha256).hexdigest()
# ok: python-hmac-md5
j = hmac.digest(key, body, "sha256")
# ok: python-hmac-md5
k = hashlib.md5(body).hexdigest()
# ok: python-hmac-md5
l = hmac.new(key, b"md5", "sha512")
