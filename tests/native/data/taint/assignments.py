def f0(t):
    u = source(1)
    u = g()
    u = source(1)
    u = f"{1}"
    u = source(1)
    u = lambda: 1
    u = source(1)
    u, v = g()
    u = source(1)
    u, v = g(), 1
    u = source(1)
    [u, v] = 1
    u = source(1)
    u += 1
    u = source(1)
    u: int = 3
    u = source(1)
    u: int = g()
    u = source(1)
    u = v = 1
    u.x = source(1)
    u = 1
    x.a = source(1)
    x.b = 1
    x.a.c = 1
    x = 1


def f1(t):
    u = source(1)
    u = 1
    u = source(1)
    for u in a: pass
    u = source(1)
    with a as u: pass
    u = source(1)
    u.x = 1
    u.y[0] = 1
    u, v = 1
