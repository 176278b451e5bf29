import os
G = source(1)
H, H2 = source(2)
sink(G)
G2 = G
if x:
    K = source(3)
L: str = source(4)
M += source(5)
N.a = source(6)
def f0(a=source(7), *b, c=sink(source(8)), d=G):
    sink(G)
    sink(H)
    sink(G2)
    sink(K)
    sink(L)
    sink(M)
    sink(N.a)
    sink(a)
    sink(d)
    def g(e=source(9)):
        sink(a, 9)
        sink(e)
        sink(G, 9)
    t = source(10)
    def h():
        sink(t)
    u = lambda: sink(t, 11)
    v = lambda q: sink(q, 12)
    v(t)
    map(lambda q: sink(q, 13), t)
    t.map(lambda q: sink(q, 14))
    class I:
        z = source(15)
        sink(z)
        y = sink(z, 16)
        def m(self, w=source(17)):
            sink(z, 17)
            sink(w, 17)
            sink(self.z, 17)
            self.p = source(18)
            sink(self.p)
        def n(self):
            sink(self.p, 19)
            sink(t, 19)
class C:
    z = source(20)
    sink(z)
    y = sink(z, 21)
    w: int = sink(source())
    @dec(sink(source(22)))
    def m(self, q=sink(source(23))):
        sink(z)
        sink(C.z)
        sink(self.z)
    if z:
        o = sink(source(24))
    def mm(self): sink(G, 25)
    n = G
    sink(G)
    def mmm(self): sink(n, 26)
@dec(sink(source(27)))
class D(sink(source(28)), metaclass=sink(source(29))): pass
@dec(sink(source(30)))
def fun() -> sink(source(31)): pass
def fun2(a: sink(source(32)), b: source(33)): sink(b)
while sink(source(34)): sink(source(35))
L2 = lambda: sink(source(36))
L3 = lambda: sink(G, 37)
foo(lambda: sink(G, 38))
sink(foo)
