try:
    import json
except ImportError:
    import simplejson as json
json.loads()
try:
    from a import b
except:
    from c import b
b()
try:
    from a import bb
except:
    bb = None
bb()
if x:
    import m1 as mm
else:
    import m2 as mm
mm
import z
z.f()
z = 3
z.f()
def use(): 
    early
    z
    glob
early = 1
early
use
def f():
    global glob
    glob = 3
    glob
    v = 1
    def g():
        nonlocal v
        v = 2
        v
    v
glob = 5
glob
class C:
    x = 1
    y = x
    def m(self, x=x):
        self.x = 4
        self.x
        x
        y
    z: int = 3
    z
C.x
x
m
z
if (wal := 3): wal
wal
a, b2 = 1, 2
a; b2
[qq, *rest] = foo
qq; rest
del a
a
a.b = 3
a[0] = 3
