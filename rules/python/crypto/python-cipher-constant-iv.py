from Crypto.Cipher import AES, Blowfish
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
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


def named(key, data):
    iv = b"0123456789abcdef"
    # ruleid: python-cipher-constant-iv
    AES.new(key, AES.MODE_CBC, iv)
    # ruleid: python-cipher-constant-iv
    modes.CBC(iv)
    nonce = b"0" * 12
    # ruleid: python-cipher-constant-iv
    AESGCM(key).encrypt(nonce, data, None)
    box = AESGCM(key)
    # ruleid: python-cipher-constant-iv
    box.encrypt(nonce, data, None)
    text = "0123456789abcdef".encode("ascii")
    # ruleid: python-cipher-constant-iv
    Blowfish.new(key, Blowfish.MODE_CBC, IV=text)
    fresh = os.urandom(12)
    # ok: python-cipher-constant-iv
    box.encrypt(fresh, data, None)


def more_forms(request):
    # ruleid: python-cipher-constant-iv
    Crypto.Cipher.AES.new(key, mode, nonce=b"0123456789ab")
    # ruleid: python-cipher-constant-iv
    Cryptodome.Cipher.AES.new(key, mode, iv=b"0123456789abcdef")
    # ruleid: python-cipher-constant-iv
    Cryptodome.Cipher.AES.new(key, mode, b"0123456789abcdef")
    # ruleid: python-cipher-constant-iv
    Cryptodome.Cipher.AES.new(key, mode, nonce=bytearray(12))
    # ruleid: python-cipher-constant-iv
    cryptography.hazmat.primitives.ciphers.modes.CFB(b"0123456789abcdef")
    # ruleid: python-cipher-constant-iv
    cryptography.hazmat.primitives.ciphers.modes.GCM(b"0123456789ab")
    # ruleid: python-cipher-constant-iv
    cryptography.hazmat.primitives.ciphers.modes.OFB(b"0123456789abcdef")
