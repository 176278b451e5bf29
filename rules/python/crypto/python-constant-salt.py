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


def more_forms(request):
    # ruleid: python-constant-salt
    Crypto.Protocol.KDF.PBKDF2(password, b"salt")
    # ruleid: python-constant-salt
    Crypto.Protocol.KDF.scrypt(password, "salt", 32)
    # ruleid: python-constant-salt
    argon2.low_level.hash_secret(password, b"saltsalt")
    # ruleid: python-constant-salt
    bcrypt.hashpw(password, bytes.fromhex("00112233"))
    # ruleid: python-constant-salt
    crypt.crypt(password, "$6$salt")
    # ruleid: python-constant-salt
    cryptography.hazmat.primitives.kdf.scrypt.Scrypt(salt=b"salt")
    # ruleid: python-constant-salt
    django.contrib.auth.hashers.make_password(password, "salt")
    # ruleid: python-constant-salt
    django.contrib.auth.hashers.make_password(password, salt="salt")
