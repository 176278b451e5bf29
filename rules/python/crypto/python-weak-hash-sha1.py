import hashlib
import hashlib as h
from hashlib import sha1

# ruleid: python-weak-hash-sha1
a = hashlib.sha1(data).hexdigest()
# ruleid: python-weak-hash-sha1
b = h.new("sha1", data)
# ruleid: python-weak-hash-sha1
c = sha1()

# ok: python-weak-hash-sha1
e = hashlib.sha256(data).hexdigest()
# ok: python-weak-hash-sha1
f = hashlib.sha1(data, usedforsecurity=False)
# ok: python-weak-hash-sha1
g = hashlib.new("sha512", data)
# ok: python-weak-hash-sha1
i = hmac.new(key, data, hashlib.sha1)
# ok: python-weak-hash-sha1
size = hashlib.sha1().digest_size
