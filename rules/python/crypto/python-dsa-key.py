import paramiko
from Crypto.PublicKey import DSA, ECC, RSA
from cryptography.hazmat.primitives.asymmetric import dsa, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# ruleid: python-dsa-key
key = dsa.generate_private_key(key_size=2048)
# ruleid: python-dsa-key
key = DSA.generate(2048)
# ruleid: python-dsa-key
key = paramiko.DSSKey.generate(1024)
# ok: python-dsa-key
key = Ed25519PrivateKey.generate()
# ok: python-dsa-key
key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
# ok: python-dsa-key
key = ECC.generate(curve="P-256")
# ok: python-dsa-key
key = RSA.generate(3072)


def every_form(request):
    # ruleid: python-dsa-key
    cryptography.hazmat.primitives.asymmetric.dsa.generate_parameters()
    # ruleid: python-dsa-key
    Cryptodome.PublicKey.DSA.generate()
    # ruleid: python-dsa-key
    asyncssh.generate_private_key("ssh-dss")
