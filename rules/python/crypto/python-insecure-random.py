import random
import random as rnd
import secrets
from random import choices, randint


def make_token(user):
    # ruleid: python-insecure-random
    user.reset_token = "".join(random.choice(ALPHABET) for _ in range(32))
    # ruleid: python-insecure-random
    session["csrf_token"] = rnd.getrandbits(64)
    # ruleid: python-insecure-random
    otp = randint(100000, 999999)
    # ok: python-insecure-random
    api_key = secrets.token_urlsafe(32)
    # ok: python-insecure-random
    salt = random.SystemRandom().getrandbits(64)
    # ok: python-insecure-random
    delay = random.uniform(1, 2)
    # ok: python-insecure-random
    token_color = choices(COLORS)
    # ruleid: python-insecure-random
    return "".join(choices(ALPHABET, k=20))


def pick_server(servers):
    # ok: python-insecure-random
    return random.choice(servers)


def create_session_key():
    # ruleid: python-insecure-random
    return "%032x" % random.getrandbits(128)


def one_time_code():
    otp_code = ""
    for _ in range(6):
        # ruleid: python-insecure-random
        otp_code += random.choice("0123456789")
    # ruleid: python-insecure-random
    login_code = random.randint(100000, 999999)
    return otp_code, login_code


def generate_reset_token():
    # ruleid: python-insecure-random
    text = "".join(random.choice(ALPHABET) for _ in range(32))
    # ok: python-insecure-random
    pause = random.uniform(1, 2)
    return text


def make_pin_code():
    digits = []
    for _ in range(4):
        # ruleid: python-insecure-random
        digits.append(random.randint(0, 9))
    return digits


def other_calls():
    # ruleid: python-insecure-random
    token = random.randbytes(16)
    # ruleid: python-insecure-random
    salt = str(random.random())
    # ruleid: python-insecure-random
    otp = random.randrange(10**6)
    # ruleid: python-insecure-random
    password = "".join(random.sample(ALPHABET, 8))
    # ruleid: python-insecure-random
    nonce = random.uniform(0, 1)
    return token, salt, otp, password, nonce


def make_pin_code():
    text = ""
    # ruleid: python-insecure-random
    text += str(random.randint(0, 9))
    return text


import numpy as np

# ruleid: python-insecure-random
session_token = np.random.randint(0, 10**9)
# ok: python-insecure-random
noise = np.random.normal(size=100)


def codes():
    # ruleid: python-insecure-random
    code = random.randint(100000, 999999)
    # ruleid: python-insecure-random
    key = random.randbytes(32)
    # ok: python-insecure-random
    key = random.choice(["name", "size"])
    # ok: python-insecure-random
    code = random.randint(1, 6)
    return code, key
