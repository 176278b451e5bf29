import bcrypt
from bcrypt import gensalt
from flask_bcrypt import Bcrypt
from passlib.hash import bcrypt_sha256

hasher = Bcrypt(app)

# ruleid: python-bcrypt-rounds
a = bcrypt.hashpw(password, bcrypt.gensalt(4))
# ruleid: python-bcrypt-rounds
b = bcrypt.hashpw(password, gensalt(rounds=5))
# ruleid: python-bcrypt-rounds
c = bcrypt.gensalt(prefix=b"2a", rounds=8)
# ruleid: python-bcrypt-rounds
d = bcrypt_sha256.using(rounds=6).hash(password)
# ruleid: python-bcrypt-rounds
e = hasher.generate_password_hash(password, 4)
# ruleid: python-bcrypt-rounds
f = hasher.generate_password_hash(password, rounds=9)

# ok: python-bcrypt-rounds
g = bcrypt.hashpw(password, bcrypt.gensalt())
# ok: python-bcrypt-rounds
h = bcrypt.hashpw(password, bcrypt.gensalt(12))
# ok: python-bcrypt-rounds
i = bcrypt.hashpw(password, bcrypt.gensalt(rounds=ROUNDS))
# ok: python-bcrypt-rounds
j = hasher.generate_password_hash(password)
# ok: python-bcrypt-rounds
k = hasher.generate_password_hash(password, 13)
