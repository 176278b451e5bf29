from Crypto.Cipher import AES
from Cryptodome.Cipher import AES as DomeAES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.modes import ECB

# ruleid: python-cipher-ecb-mode
a = AES.new(key, AES.MODE_ECB)
# ruleid: python-cipher-ecb-mode
b = DomeAES.new(key, mode=DomeAES.MODE_ECB)
# ruleid: python-cipher-ecb-mode
c = Cipher(algorithms.AES(key), modes.ECB())
# ruleid: python-cipher-ecb-mode
d = Cipher(algorithms.AES(key), ECB())

# ok: python-cipher-ecb-mode
e = AES.new(key, AES.MODE_GCM)
# ok: python-cipher-ecb-mode
f = AES.new(key, AES.MODE_CBC, iv)
# ok: python-cipher-ecb-mode
g = Cipher(algorithms.AES(key), modes.GCM(nonce))
# ok: python-cipher-ecb-mode
h = rates.ECB()


def every_form(request):
    # ruleid: python-cipher-ecb-mode
    Crypto.Cipher.algorithm.new(key, mode=Crypto.Cipher.algorithm.MODE_ECB)
    # ruleid: python-cipher-ecb-mode
    Cryptodome.Cipher.algorithm.new(key, Cryptodome.Cipher.algorithm.MODE_ECB)
