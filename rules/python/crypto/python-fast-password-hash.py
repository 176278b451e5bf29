import hashlib
from hashlib import md5


def store(user, password, salt):
    # ruleid: python-fast-password-hash
    a = hashlib.sha256(password.encode()).hexdigest()
    # ruleid: python-fast-password-hash
    b = md5(user.password.encode("utf-8"))
    # ruleid: python-fast-password-hash
    c = hashlib.sha512((salt + password).encode()).digest()
    # ok: python-fast-password-hash
    d = hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)
    # ok: python-fast-password-hash
    e = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)
    # ok: python-fast-password-hash
    f = hashlib.sha256(user.name.encode())
    # ok: python-fast-password-hash
    g = hashlib.sha256(password_file.read())
    return a, b, c, d, e, f, g


def salted(password, salt):
    digest = hashlib.sha256()
    # ruleid: python-fast-password-hash
    digest.update(salt + password.encode())
    # ok: python-fast-password-hash
    digest.update(b"x")
    return digest.hexdigest()


def every_form(request):
    # ruleid: python-fast-password-hash
    hashlib.md5(password)
    # ruleid: python-fast-password-hash
    hashlib.md5(bytes(password))
    # ruleid: python-fast-password-hash
    hashlib.md5(salt + password.encode())
    # ruleid: python-fast-password-hash
    hashlib.md5((password + salt).encode())


def in_steps(salt, password):
    digest = hashlib.sha256()
    # ruleid: python-fast-password-hash
    digest.update((salt + password).encode())
    # ruleid: python-fast-password-hash
    digest.update(password)
    # ruleid: python-fast-password-hash
    digest.update(password.encode())


def by_a_library(password):
    # ruleid: python-fast-password-hash
    passlib.hash.md5_crypt.hash(password)
    # ruleid: python-fast-password-hash
    passlib.hash.ldap_sha1.encrypt(password)
    # ok: python-fast-password-hash
    passlib.hash.argon2.hash(password)


def by_werkzeug(password):
    from werkzeug.security import generate_password_hash

    # ruleid: python-fast-password-hash
    generate_password_hash(password, method="sha256")
    # ruleid: python-fast-password-hash
    generate_password_hash(password, "plain")
    # ok: python-fast-password-hash
    generate_password_hash(password)
    # ok: python-fast-password-hash
    generate_password_hash(password, method="scrypt")
