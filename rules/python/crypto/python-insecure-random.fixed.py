import random
import secrets
from random import choices


def make_token(user):
    # ruleid: python-insecure-random
    user.reset_token = "".join(secrets.choice(ALPHABET) for _ in range(32))
    # ruleid: python-insecure-random
    session["csrf_token"] = secrets.randbits(64)
    # ruleid: python-insecure-random
    otp = secrets.randbelow(900000) + 100000
    # ok: python-insecure-random
    api_key = secrets.token_urlsafe(32)
    # ok: python-insecure-random
    salt = random.SystemRandom().getrandbits(64)
    # ok: python-insecure-random
    delay = random.uniform(1, 2)
    # ok: python-insecure-random
    token_color = choices(COLORS)
    # ruleid: python-insecure-random
    return "".join(secrets.SystemRandom().choices(ALPHABET, k=20))


def pick_server(servers):
    # ok: python-insecure-random
    return random.choice(servers)


def create_session_key():
    # ruleid: python-insecure-random
    return "%032x" % secrets.randbits(128)


def one_time_code():
    otp_code = ""
    for _ in range(6):
        # ruleid: python-insecure-random
        otp_code += secrets.choice("0123456789")
    # ruleid: python-insecure-random
    login_code = secrets.randbelow(900000) + 100000
    return otp_code, login_code


def generate_reset_token():
    # ruleid: python-insecure-random
    text = "".join(secrets.choice(ALPHABET) for _ in range(32))
    # ok: python-insecure-random
    pause = random.uniform(1, 2)
    return text


def make_pin_code():
    digits = []
    for _ in range(4):
        # ruleid: python-insecure-random
        digits.append(secrets.randbelow(10))
    return digits


def other_calls():
    # ruleid: python-insecure-random
    token = secrets.token_bytes(16)
    # ruleid: python-insecure-random
    salt = str(secrets.SystemRandom().random())
    # ruleid: python-insecure-random
    otp = secrets.randbelow(10**6)
    # ruleid: python-insecure-random
    password = "".join(secrets.SystemRandom().sample(ALPHABET, 8))
    # ruleid: python-insecure-random
    nonce = secrets.SystemRandom().uniform(0, 1)
    return token, salt, otp, password, nonce


def make_pin_code():
    text = ""
    # ruleid: python-insecure-random
    text += str(secrets.randbelow(10))
    return text


import numpy as np

# ruleid: python-insecure-random
session_token = np.random.randint(0, 10**9)
# ok: python-insecure-random
noise = np.random.normal(size=100)


def codes():
    # ruleid: python-insecure-random
    code = secrets.randbelow(900000) + 100000
    # ruleid: python-insecure-random
    key = secrets.token_bytes(32)
    # ok: python-insecure-random
    key = random.choice(["name", "size"])
    # ok: python-insecure-random
    code = random.randint(1, 6)
    return code, key
