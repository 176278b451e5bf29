import os

ALGORITHM = "md5"
MODE = "ecb"
CHANGED = "md5"
CHANGED = "sha256"
BITS = 1024
BASE = "http://"
FLAG = False
MINUTE = 60

# ruleid: constant-string-argument
set_algorithm("md5")
# ruleid: constant-string-argument
set_algorithm(ALGORITHM)
# ok: constant-string-argument
set_algorithm(UNKNOWN)
# ok: constant-string-argument
set_algorithm(CHANGED)


def local_constants(parameter, name="md5"):
    algorithm = "md5"
    # ruleid: constant-string-argument
    set_algorithm(algorithm)
    # ruleid: constant-string-argument
    set_algorithm(ALGORITHM)
    # ok: constant-string-argument
    set_algorithm(parameter)
    # ok: constant-string-argument
    set_algorithm(name)
    algorithm = "sha256"
    # ok: constant-string-argument
    set_algorithm(algorithm)
    if parameter:
        algorithm = "md5"
    # ok: constant-string-argument
    set_algorithm(algorithm)
    if parameter:
        other = "md5"
    else:
        other = "md5"
    # ruleid: constant-string-argument
    set_algorithm(other)
    for each in parameter:
        last = "md5"
        # ruleid: constant-string-argument
        set_algorithm(last)
    # ok: constant-string-argument
    set_algorithm(last)
    ALGORITHM = parameter
    # ok: constant-string-argument
    set_algorithm(ALGORITHM)


def any_string(parameter):
    host = "a"
    # ruleid: constant-any-string
    connect_with(host)
    # ruleid: constant-any-string
    connect_with("a" + "b")
    # ok: constant-any-string
    connect_with("a" + parameter)
    # ruleid: constant-any-string
    connect_with(BASE + host)
    host += "b"
    # ruleid: constant-any-string
    connect_with(host)
    # ok: constant-any-string
    connect_with(parameter)


# ruleid: constant-boolean
fetch(1, verify=FLAG)
# ruleid: constant-boolean
fetch(verify=False)
# ok: constant-boolean
fetch(verify=not FLAG)

# ruleid: constant-number
generate(BITS)
# ruleid: constant-number
generate(2 * 512)
# ok: constant-number
generate(BITS * 2)
# ok: constant-number
generate(unknown)
# ruleid: constant-number
generate(0x200)

# ruleid: constant-concatenation
open_url("http://example.com")
# ruleid: constant-concatenation
open_url(BASE + "example.com")
# ruleid: constant-concatenation
open_url("http://" "example.com")
# ruleid: constant-concatenation
open_url(f"{BASE}example.com")
# ok: constant-concatenation
open_url("http://%s" % "example.com")

# ok: constant-regex
hash_with(ALGORITHM)
# ruleid: constant-regex
hash_with("hmac-md5")
# ok: constant-regex
hash_with(MODE)


def queries(name):
    query = "select 1"
    # ok: constant-not-string
    run_query(query)
    # ok: constant-not-string
    run_query("a" + "b")
    # ruleid: constant-not-string
    run_query("a" + name)
    # ruleid: constant-not-string
    run_query(f"a{name}")
    query = name
    # ruleid: constant-not-string
    run_query(query)


host = None
# ruleid: constant-none
serve(host=None)
# ruleid: constant-none
serve(host=host)
# ok: constant-none
serve(host=0)


class Cipher:
    mode = "ECB"

    def __init__(self):
        self.other = "ECB"
        # ruleid: constant-class-attribute
        encrypt("ECB", 1)
        # ok: constant-class-attribute
        encrypt(self.mode, 1)
        # ok: constant-class-attribute
        encrypt(self.other, 1)
        # ok: constant-class-attribute
        encrypt(mode, 1)


# ruleid: constant-off
set_mode("ecb")
# ok: constant-off
set_mode(MODE)


def symbolic():
    command = get_input("a")
    # ruleid: constant-symbolic
    os.popen(command)
    # ruleid: constant-symbolic
    os.popen(get_input())
    # ok: constant-symbolic
    os.popen(other)


# ruleid: constant-negative-number
seek(-1)
# ok: constant-negative-number
seek(1)
# ruleid: constant-arithmetic
wait(MINUTE)
# ruleid: constant-arithmetic
wait(30 + 30)
# ok: constant-arithmetic
wait(61)

NAME = "world"
# ruleid: constant-fstring
greet("hello world")
# ruleid: constant-fstring
greet(f"hello {NAME}")
# ruleid: constant-fstring
greet("hello " + NAME)

ADMIN = "admin"
# ruleid: constant-condition
if "admin" == user:
    pass
# ruleid: constant-condition
if ADMIN == user:
    pass
# ok: constant-condition
if USER == user:
    pass
# ok: constant-fstring
greet("hello " + name)
