def f0(a: int, c: float, x):
    t = source()
    y = t / 2; sink(y)
    y = t % 2; sink(y)
    y = t + a; sink(y)
    y = a + t; sink(y)
    y = a * t; sink(y)
    y = t * c; sink(y)
    y = a * 2 * t; sink(y)
    y = (a + 1) * t; sink(y)
    y = (t + 1) * 2; sink(y)
    y = (t * u) + 1; sink(y)
    y = t + 1 - u; sink(y)
    y = u + t + 1; sink(y)
    y = "a" + t + 1; sink(y)
    y = 1 + t + "a"; sink(y)
    y = "a" + 1 + t; sink(y)
    y = t * 3 + "a"; sink(y)
    if x: k = 5
    else: k = 6
    y = t + k; sink(y)
    k = 7
    k2 = k
    y = t + k2; sink(y)
    k3 = 5 * 5
    y = t + k3; sink(y)
    k3 = -5
    y = t + k3; sink(y)
    y = t + -5; sink(y)
    y = -5 + t; sink(y)
    y = t + KG; sink(y)
    for i in range(3): y = t + i; sink(y)
    y = t + x.n; sink(y)
    y = t + int(x); sink(y)
    y = (t or 1) + 2; sink(y)
    y = t[0] + 2; sink(y)
    y = g(t) + 2; sink(y)
    y = t.q + 2; sink(y)
    k4: int = g()
    y = t + k4; sink(y)
    k5: int = 3
    y = t + k5; sink(y)
    y = 3 if x else t + 1; sink(y)
    sink(t + 1)
    sink(t + 1, t)
    return t + 1
KG = 5
