import paramiko
from Crypto.PublicKey import RSA
from cryptography.hazmat.primitives.asymmetric import dsa, rsa

# ruleid: python-weak-key-size
a = rsa.generate_private_key(public_exponent=65537, key_size=1024)
# ruleid: python-weak-key-size
b = RSA.generate(1024)
# ruleid: python-weak-key-size
c = paramiko.RSAKey.generate(bits=1024)
# ruleid: python-weak-key-size
d = dsa.generate_private_key(512)

# ok: python-weak-key-size
e = rsa.generate_private_key(public_exponent=65537, key_size=2048)
# ok: python-weak-key-size
f = RSA.generate(4096)
# ok: python-weak-key-size
g = RSA.generate(bits)
# ok: python-weak-key-size
h = paramiko.RSAKey.generate(bits=3072)


def more_forms(request):
    # ruleid: python-weak-key-size
    Crypto.PublicKey.DSA.generate(1024)
    # ruleid: python-weak-key-size
    Crypto.PublicKey.RSA.generate(bits=1024)
    # ruleid: python-weak-key-size
    Cryptodome.PublicKey.RSA.generate(1024)
    # ruleid: python-weak-key-size
    Cryptodome.PublicKey.RSA.generate(bits=1024)
    # ruleid: python-weak-key-size
    cryptography.hazmat.primitives.asymmetric.dh.generate_parameters(generator=2, key_size=1024)
    # ruleid: python-weak-key-size
    cryptography.hazmat.primitives.asymmetric.dsa.generate_private_key(key_size=1024)
    # ruleid: python-weak-key-size
    cryptography.hazmat.primitives.asymmetric.rsa.generate_private_key(65537, 1024)
    # ruleid: python-weak-key-size
    paramiko.RSAKey.generate(1024)
