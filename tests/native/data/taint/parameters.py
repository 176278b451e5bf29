@route("/x")
def f0(a, b=1, *c, d: int = 2, **e):
    sink(a); sink(b); sink(c); sink(d); sink(e); sink(a.x)
    u = lambda: sink(a)
    def g(a, z): sink(a); sink(z)
    a = 1
    sink(a)
class K:
    def m(self, a): sink(self); sink(a); sink(self.q)
k = lambda a, b=2: sink(a) or sink(b)
def gg(a=source(1)): sink(a)


def f1(a):
    u = lambda: sink(t, 1)
    t = source(1)
    u()
    v = lambda: sink(t, 2)
    t = 1
    v()
    x = source(2)
    w = lambda x: sink(x, 3)
    w(x)
    map(lambda y: sink(y, 4), x)
    q = lambda: [sink(x, 5) for i in a]
    p = lambda: (lambda: sink(x, 6))
    r = {"k": lambda: sink(x, 7)}
    o = lambda: source(3)
    sink(o(), 8)
    n = lambda z=x: sink(z, 9)
    m = lambda: (k := x)
    sink(k, 10)
    sink(m(), 11)
    x.map(lambda y: sink(y, 12))
    l = lambda *y: x
    sink(l(), 13)
    while a:
        j = lambda: sink(h, 14)
        h = source(4)
    def nested():
        return lambda: sink(source(5))
