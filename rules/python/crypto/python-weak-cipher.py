from Crypto.Cipher import AES, ARC4, DES
from Cryptodome.Cipher import DES3 as TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# ruleid: python-weak-cipher
a = DES.new(key, DES.MODE_CBC, iv)
# ruleid: python-weak-cipher
b = ARC4.new(key)
# ruleid: python-weak-cipher
c = TripleDES.new(key, TripleDES.MODE_CBC)
# ruleid: python-weak-cipher
d = Cipher(algorithms.Blowfish(key), modes.CBC(iv))

# ok: python-weak-cipher
e = AES.new(key, AES.MODE_GCM)
# ok: python-weak-cipher
f = Cipher(algorithms.AES(key), modes.GCM(nonce))
# ok: python-weak-cipher
g = AESGCM(key)
# ok: python-weak-cipher
h = registry.DES.new(key)


def every_form(request):
    # ruleid: python-weak-cipher
    cryptography.hazmat.decrepit.ciphers.algorithms.ARC4()
