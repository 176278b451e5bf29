from Crypto.Hash import MD5, SHA1, SHA256
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import padding


def digest(data):
    # ruleid: python-weak-hash-library
    first = MD5.new(data)
    # ruleid: python-weak-hash-library
    second = SHA1.new()
    # ruleid: python-weak-hash-library
    third = hashes.Hash(hashes.SHA1())
    # ruleid: python-weak-hash-library
    fourth = hashes.Hash(hashes.MD5())


def quiet(key, data, certificate):
    # ok: python-weak-hash-library
    SHA256.new(data)
    # ok: python-weak-hash-library
    hashes.Hash(hashes.SHA256())
    # ok: python-weak-hash-library
    hmac.HMAC(key, hashes.SHA1())
    # ok: python-weak-hash-library
    certificate.fingerprint(hashes.SHA1())
    # ok: python-weak-hash-library
    padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)
    # ok: python-weak-hash-library
    table = {"sha1": hashes.SHA1()}


def every_form(request):
    # ruleid: python-weak-hash-library
    Cryptodome.Hash.MD2.new()
