import hashlib
import hashlib as h
from hashlib import md5

# ruleid: python-weak-hash-md5
a = hashlib.md5(data).hexdigest()
# ruleid: python-weak-hash-md5
b = h.new("md5", data)
# ruleid: python-weak-hash-md5
c = md5()
# ruleid: python-weak-hash-md5
d = hashlib.new(name="MD5")

# ok: python-weak-hash-md5
e = hashlib.sha256(data).hexdigest()
# ok: python-weak-hash-md5
f = hashlib.md5(data, usedforsecurity=False)
# ok: python-weak-hash-md5
g = hashlib.new("sha512", data)
# ok: python-weak-hash-md5
i = response.md5(data)
# ok: python-weak-hash-md5
size = hashlib.md5().digest_size
