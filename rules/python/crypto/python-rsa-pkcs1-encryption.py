from Crypto.Cipher import PKCS1_OAEP, PKCS1_v1_5
from Crypto.Cipher import PKCS1_v1_5 as Cipher
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

# ruleid: python-rsa-pkcs1-encryption
key.encrypt(data, padding.PKCS1v15())
# ruleid: python-rsa-pkcs1-encryption
private.decrypt(data, padding=PKCS1v15())
# ruleid: python-rsa-pkcs1-encryption
cipher = PKCS1_v1_5.new(key)
# ruleid: python-rsa-pkcs1-encryption
cipher = Cipher.new(key)
# ok: python-rsa-pkcs1-encryption
key.encrypt(data, padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None))
# ok: python-rsa-pkcs1-encryption
private.sign(data, padding.PKCS1v15(), hashes.SHA256())
# ok: python-rsa-pkcs1-encryption
cipher = PKCS1_OAEP.new(key)
# ok: python-rsa-pkcs1-encryption
key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())


def every_form(request):
    # ruleid: python-rsa-pkcs1-encryption
    key.decrypt(data, cryptography.hazmat.primitives.asymmetric.padding.PKCS1v15())
    # ruleid: python-rsa-pkcs1-encryption
    key.encrypt(padding=cryptography.hazmat.primitives.asymmetric.padding.PKCS1v15())
    # ruleid: python-rsa-pkcs1-encryption
    Cryptodome.Cipher.PKCS1_v1_5.new()
    # ruleid: python-rsa-pkcs1-encryption
    rsa.encrypt()
