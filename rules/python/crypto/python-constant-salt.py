import hashlib
import os
from hashlib import scrypt

import bcrypt
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

SALT = b"0123456789abcdef"
# ruleid: python-constant-salt
hashlib.pbkdf2_hmac("sha256", password, b"salt", 600_000)
# ruleid: python-constant-salt
hashlib.pbkdf2_hmac("sha256", password, salt=SALT, iterations=600_000)
# ruleid: python-constant-salt
scrypt(password, salt=b"pepper", n=16384, r=8, p=1)
# ruleid: python-constant-salt
PBKDF2HMAC(algorithm=hashes.SHA256(), length=32, salt="salt".encode(), iterations=600_000)
# ok: python-constant-salt
hashlib.pbkdf2_hmac("sha256", password, os.urandom(16), 600_000)
# ok: python-constant-salt
hashlib.pbkdf2_hmac("sha256", password, user.salt, 600_000)
# ok: python-constant-salt
bcrypt.hashpw(password, bcrypt.gensalt())
# ok: python-constant-salt
hashlib.new("sha256", b"salt")
