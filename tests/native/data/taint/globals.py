G = source(1)
class C:
    sink(G)
    y = sink(G, 1)
    z = G
    sink(z, 2)
    w = source(2)
    sink(w, 3)
    if w:
        v = w
        sink(v, 4)
    def m(self): sink(w, 5)
    @d(sink(w, 6))
    def k(self, a=w, b=sink(w, 7)): sink(a, 8)
    class D:
        sink(w, 9)
        q = w
        sink(q, 10)
    x: int = w
    sink(x, 11)
    for i in w: sink(i, 12)
    sink(source(3), 13)
    t, u = source(4)
    sink(t, 14)
    lambda: sink(w, 15)
    foo = lambda self: sink(w, 16)
    w.a = source(5)
    sink(w.a, 17)
    r = w.a
    sink(r, 18)
    return_ = sink(sink(r), 19)
def f0():
    t = source(6)
    class E:
        sink(t, 20)
        z = t
        sink(z, 21)
        y = source(7)
        sink(y, 22)
        k = sink(t, 23)
    sink(E.z, 24)
    z = 3
sink(C.w, 25)
class F(sink(G, 26)):
    pass
if G:
    class H:
        z = source(8)
        sink(z, 27)
    def g(): sink(G, 28)
    z = source(9)
    sink(z, 29)
for G2 in source(10): sink(G2, 30)
with source(11) as G3: sink(G3, 31)
G4 = [source(12), 3]
G5.a = source(13)
(G6) = source(14)
G7: str = source(15)
G8 = G9 = source(16)
G10 = source(17) + "a"
G11 = san(source(18))
G12 = 1
G12 = source(19)
G13 = source(20)
G13 = 1
global G14
G15 = [x for x in source(21)]
G16 = lambda: source(22)
G17 += source(23)
G18 = G
def h():
    sink(G2, 32); sink(G3, 33); sink(G4, 34); sink(G5, 35); sink(G6, 36); sink(G7, 37); sink(G8, 38); sink(G10, 39); sink(G11, 40); sink(G12, 41); sink(G13, 42); sink(G14, 43); sink(G15, 44); sink(G16(), 45); sink(G17, 46); sink(G18, 47); sink(z, 48)
    sink(G19, 49)
    def hh(): sink(G20, 50)
    sink(G4[1], 51)
def hhh():
    global G14, G20
    G14 = source(24)
    G20 = source(25)
    G21 = source(26)
G19 = source(27)
def h4(a=source(28), *b, c: int = source(29), **d): sink(a, 52); sink(c, 53); sink(b, 54)
class Z:
    def h4(self, a=G): sink(a, 55)
h5 = lambda a=source(30): sink(a, 56)
try:
    G22 = source(31)
except: pass
def h6(a=foo(source(32)), b=[source(33)], c=G4, d=G22): sink(a, 57); sink(b, 58); sink(c, 59); sink(d, 60); sink(G22, 61); sink(G21, 62)
async def h7(G): sink(G, 63)
def h8(): G = 1; sink(G, 64)
def h9():
    sink(G, 65)
    G = 2
    sink(G, 66)
