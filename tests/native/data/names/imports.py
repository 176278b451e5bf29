import a.b
import c.d as e
from m import n
from m import o as p
from .rel import q
from ..up.er import s
from . import t
from star import *
import x1, y1 as y2
a.b.f()
e.f(); n(); p(); q(); s(); t(); x1(); y2()
def g(n, *args, **kw):
    n(); p(); args; kw
    import loc
    loc.f()
    def inner():
        loc.h(); n
        n = 3
        n
    p = 5
    p
    e2 = 4
    class K:
        e2
        attr = 1
        attr
        def m(self):
            attr
            self.attr
            e2
    attr
loc
p
for i in p: i
i
with p as w: w
w
try:
    pass
except E as ex:
    ex
ex
[c for c in p if c]
c
lambda l: l
l
