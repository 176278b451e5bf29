import marshal
import marshal as m
from marshal import load

# ruleid: python-marshal-load
a = marshal.loads(payload)
# ruleid: python-marshal-load
b = m.loads(payload)
# ruleid: python-marshal-load
c = load(stream)

# ok: python-marshal-load
d = marshal.dumps(a)
# ok: python-marshal-load
e = json.loads(payload)
# ok: python-marshal-load
f = schema.load(payload)
# ok: python-marshal-load
g = marshal.loads(marshal.dumps(a))
