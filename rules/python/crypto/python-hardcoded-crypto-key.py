import hashlib
import hmac
import os

from Crypto.Cipher import AES
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KEY = b"0123456789abcdef0123456789abcdef"


def encrypt(data, nonce):
    # ruleid: python-hardcoded-crypto-key
    AES.new(b"ThisIsASecretKey", AES.MODE_GCM)
    # ruleid: python-hardcoded-crypto-key
    AES.new(KEY, AES.MODE_GCM)
    # ruleid: python-hardcoded-crypto-key
    Cipher(algorithms.AES(KEY), modes.CTR(nonce))
    # ruleid: python-hardcoded-crypto-key
    Fernet(b"pRmgMa8T0INjEAfksaq2aafzoZXEuwKI7wDe4c1F8AY=")
    # ruleid: python-hardcoded-crypto-key
    hmac.new(b"signing-key", data, hashlib.sha256)


def quiet(data, key, nonce):
    # ok: python-hardcoded-crypto-key
    AES.new(key, AES.MODE_GCM)
    # ok: python-hardcoded-crypto-key
    AES.new(os.environ["DATA_KEY"].encode(), AES.MODE_GCM)
    # ok: python-hardcoded-crypto-key
    Fernet(Fernet.generate_key())
    # ok: python-hardcoded-crypto-key
    hmac.new(key, b"payload", hashlib.sha256)
    # ok: python-hardcoded-crypto-key
    hashlib.new("sha256", data)


def every_form(request):
    # ruleid: python-hardcoded-crypto-key
    Cryptodome.Cipher.AES.new("aaaa")
    # ruleid: python-hardcoded-crypto-key
    Crypto.Cipher.AES.new("aaaa".encode())
    # ruleid: python-hardcoded-crypto-key
    Cryptodome.Cipher.AES.new("aaaa".encode())
    # ruleid: python-hardcoded-crypto-key
    cryptography.hazmat.primitives.ciphers.aead.AES("aaaa")
    # ruleid: python-hardcoded-crypto-key
    hmac.AES("aaaa".encode(), message)
    # ruleid: python-hardcoded-crypto-key
    hmac.AES(key="aaaa")
    # ruleid: python-hardcoded-crypto-key
    itsdangerous.AES("aaaa")
