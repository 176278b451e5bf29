import hashlib
from hashlib import pbkdf2_hmac

from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

# ruleid: python-pbkdf2-iterations
a = hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)
# ruleid: python-pbkdf2-iterations
b = pbkdf2_hmac("sha256", password, salt, iterations=600_000, dklen=32)
# ruleid: python-pbkdf2-iterations
c = PBKDF2HMAC(algorithm=sha256, length=32, salt=salt, iterations=600_000)

# ok: python-pbkdf2-iterations
d = hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)
# ok: python-pbkdf2-iterations
e = hashlib.pbkdf2_hmac("sha512", password, salt, 210000, 64)
# ok: python-pbkdf2-iterations
f = hashlib.pbkdf2_hmac("sha256", password, salt, ROUNDS)
# ok: python-pbkdf2-iterations
g = PBKDF2HMAC(algorithm=sha256, length=32, salt=salt, iterations=480000)
