def f0(q):
    t = source(1)
    a = t
    b = a
    x.p = b
    sink(t.m(x))
    t.sink(x)
    t.sink([b])
    sink(t.m([b]))
    t.sink(b)
    sink(t.m(b))
def f1(q):
    t = source(1)
    y.p = t
    a = t
    b = a
    x.p = b
    sink(y.m(x))
    y.sink(x)
    y.sink([b])
    y.sink(b)
    sink(y.m(b))
    b.sink(y)
    b.sink(t)
    x.sink(y)
    x.sink(t)
    x.sink(y.p)
    y.sink(x.p)
    x.p.sink(t)
def f2(q):
    t = source(1)
    a = t
    b = a
    sink(b)(t)
    sink([b], t)
    sink([t], b)
    sink(b, [t])
    sink([b], [t])
def f3():
    t = source(1)
    sink(h(t))
    x = (t or a)["k"](1); sink(x)
    x = t["k"](1); sink(x)
    x = t.b["k"](1); sink(x)
    x = (t + a)[a](1); sink(x)
    x = g(t)["k"](1); sink(x)
    x = t["k"].b(1); sink(x)
