import os
import os.path as p
import ssl
from os import path

# ruleid: metavariable-repeated-compares-structure
if user.name == user.name:
    pass
# ruleid: metavariable-repeated-compares-structure
assert f(1, "a") == f(1, 'a')
# ok: metavariable-repeated-compares-structure
assert f(1) == f(2)
# ok: metavariable-repeated-compares-structure
assert user == users

# ruleid: metavariable-repeated-in-assignment
value = value
# ruleid: metavariable-repeated-in-assignment
self.a = self.a
# ok: metavariable-repeated-in-assignment
value = other

# ruleid: metavariable-repeated-call
escape(text, escape(text))
# ok: metavariable-repeated-call
escape(text, quote(text))
# ok: metavariable-repeated-call
escape(text, escape(other))

# ruleid: metavariable-anonymous
setattr(a, "x", 1)
# ruleid: metavariable-anonymous
setattr(a, a, a)
# ok: metavariable-anonymous
setattr(a, b)

# ruleid: metavariable-method
cursor.execute("select %s" % name)
# ruleid: metavariable-method
cursor.executemany(query % (a, b))
# ok: metavariable-method
other.execute(query % (a, b))
# ok: metavariable-method
cursor.execute(query, args % 2)

# ruleid: metavariable-object
response.set_cookie("a", "b", httponly=False)
# ruleid: metavariable-object
make_response(a).headers.set_cookie("a", httponly=False, secure=True)
# ok: metavariable-object
set_cookie("a", httponly=False)

# ruleid: metavariable-attribute-value
context.verify_mode = ssl.CERT_NONE
# ruleid: metavariable-attribute-value
self.context.verify_mode = ssl.CERT_NONE
# ok: metavariable-attribute-value
verify_mode = ssl.CERT_NONE
# ok: metavariable-attribute-value
context.verify_mode = ssl.CERT_REQUIRED


class Node(Base):
    # ok: metavariable-in-function-name
    def walk(self, depth):
        # ruleid: metavariable-operator-sides
        return self.walk(depth + 1)

    # ok: metavariable-in-function-name
    def run(self):
        return self.walk()

    # ok: metavariable-in-function-name
    def log(self):
        print("log")
        return self.log()


# ruleid: metavariable-class-name
class Singleton:
    instance = None

    def get(self):
        print("made")
        instance = Singleton()
        return instance

    def other(self):
        pass


# ruleid: metavariable-in-function-name
def walk(tree, depth):
    # ruleid: metavariable-operator-sides
    return walk(tree, depth + 1)


# ok: metavariable-in-function-name
def climb(tree, depth):
    # ruleid: metavariable-operator-sides
    return climb(tree.up, depth + 1)


# ok: metavariable-class-name
class Factory:
    def get(self):
        return Product()


if os.path.exists(name):
    # ruleid: metavariable-unified-between-operators
    os.remove(name)
    # ok: metavariable-unified-between-operators
    os.remove(other)
# ok: metavariable-unified-between-operators
os.remove(name)


def connect(host):
    insecure = ssl._create_unverified_context()
    secure = ssl.create_default_context()
    # ok: metavariable-unified-assigned-then-used
    secure.wrap_socket(host)
    # ruleid: metavariable-unified-assigned-then-used
    insecure.wrap_socket(host)
    if host:
        # ruleid: metavariable-unified-assigned-then-used
        insecure.wrap_socket(host, 1)


# ok: metavariable-import-alias-equal
check(os.path, path)
# ok: metavariable-import-alias-equal
check(p.join, path.join)
# ok: metavariable-import-alias-equal
check(p.join, path.split)
# ruleid: metavariable-import-alias-equal
check(path, path)
# ruleid: metavariable-import-alias-equal
check(p.join, p.join)
# ruleid: metavariable-import-alias-equal
check(path, p)

# ruleid: metavariable-operator-sides
total = "a" + b
# ruleid: metavariable-operator-sides
total = a + b + c
# ruleid: metavariable-operator-sides
total += a - (b + c)
# ok: metavariable-operator-sides
total += a

# ruleid: metavariable-in-subscript
# ruleid: metavariable-operator-sides
counts[key] = counts[key] + 1
# ok: metavariable-in-subscript
# ruleid: metavariable-operator-sides
counts[key] = counts[other] + 1

# ruleid: metavariable-keyword-name-repeated
Config(name=name)
# ok: metavariable-keyword-name-repeated
Config(name=other)
