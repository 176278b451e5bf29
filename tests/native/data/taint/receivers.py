def f0(q):
    t = source(1)
    a = t
    b = a
    sink(b, t)
    sink(b + t)
    sink([b, t])
    sink(t, b)
    b.sink(t)
    t.sink(b)
    c = g(b, t)
    sink(c)
    d = b.m(t)
    sink(d)
    d = t.m(b)
    sink(d)
    x.p = b
    sink(x, t)
    sink(t.m(x))
    x.q = t
    sink(x)
    x.m(b)
    t.sink(x)
    x.sink(b)
    for k in list(x.keys()):
        x["a" + k] = sink(k, 9)
        x["a" + k] = x.sink(k)
    y["o"] = tuple(b)
    for k in list(y.keys()):
        y["a" + k] = y.sink(k)
