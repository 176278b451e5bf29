import json

import jsonpickle
import jsonpickle as jp
from jsonpickle import decode

# ruleid: python-jsonpickle-decode
a = jsonpickle.decode(body)
# ruleid: python-jsonpickle-decode
b = jp.loads(body)
# ruleid: python-jsonpickle-decode
c = decode(string=body, keys=True)

# ok: python-jsonpickle-decode
d = jsonpickle.encode(order)
# ok: python-jsonpickle-decode
e = json.loads(body)
# ok: python-jsonpickle-decode
f = body.decode("utf-8")
# ok: python-jsonpickle-decode
g = jwt.decode(body, key, algorithms=["HS256"])


def every_form(request):
    # ruleid: python-jsonpickle-decode
    jsonpickle.unpickler.decode(text)
