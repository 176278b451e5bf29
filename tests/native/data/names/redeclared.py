n = 1
from m import n
n
def f():
    n
    n = 2
    n
def g(k):
    from m import k
    k
    for j in k: j
    from m import j
    j
    j = 2
k; j
import n as q
q = n
q = "a"
q
def h():
    q = "x"
    q
    w = 3
    def i():
        w += 1
        w
        w = 4
        w
    class K:
        def w(self): w
        def f2(self):
            w = 5
            w
    w
def w(): pass
w = 3
def w(): pass
class C(w):
    def __init__(self, a, b=w):
        self.a = a
        self.a
        a.b
        b = 3
        a.b
        zzz = 3
    a
    zzz
@w
def deco(w: w = w) -> w:
    w
lambda w, r=w: w
[w for w in w]
{w: v for w, v in w if v}
w
f"{w} {w!r}"
fun(w=w)
with a as (b, c): b; c
for (d, (e, *f3)) in z: d; e; f3
b; c; d; e; f3
x = y = 1
x; y
m[0] = 3; m
a1.b1 = 3; a1; b1
try: pass
except* E as ee: ee
type T = int
T
def gen[TT](x: TT) -> TT: return TT
