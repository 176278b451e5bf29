import os

from Crypto.Cipher import AES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

# ruleid: python-cipher-constant-iv
a = Cipher(algorithms.AES(key), modes.CBC(b"0123456789abcdef"))
# ruleid: python-cipher-constant-iv
b = AES.new(key, AES.MODE_CBC, b"\x00" * 16)
# ruleid: python-cipher-constant-iv
c = AES.new(key, AES.MODE_CBC, iv=bytes(16))
IV = b"0123456789abcdef"
# ruleid: python-cipher-constant-iv
d = Cipher(algorithms.AES(key), modes.CTR(IV))

# ok: python-cipher-constant-iv
e = Cipher(algorithms.AES(key), modes.CBC(os.urandom(16)))
# ok: python-cipher-constant-iv
f = AES.new(key, AES.MODE_CBC, iv=message[:16])
# ok: python-cipher-constant-iv
f = AES.new(key, AES.MODE_CBC, iv=row["iv"])
# ok: python-cipher-constant-iv
g = AES.new(key, AES.MODE_GCM)
# ok: python-cipher-constant-iv
h = AES.new(key, AES.MODE_GCM, nonce=nonce)


def encrypt(key, data):
    iv = b"\x00" * 16
    # ruleid: python-cipher-constant-iv
    return AES.new(key, AES.MODE_CBC, iv).encrypt(data)


def encrypt_fresh(key, data):
    iv = os.urandom(16)
    # ok: python-cipher-constant-iv
    return AES.new(key, AES.MODE_CBC, iv).encrypt(data)
