def f0(a, i):
    d1 = {"k": source(), "j": {"z": source()}}
    d1["k"] = source()
    e1 = d1["j"]["z"]
    d1["k"].a = 1
    e2 = d1["k"].b
    e3 = d1["k"].a
    d1["j"] = 1
    d1 = source()
    d1 = 3
    x = [source(), (1, source()), [2, source()]]
    e4 = x[1]
    e5 = x[1][0]
    e6 = x[0].b
    (p, q), r = x
    y.a[0].b = source()
    e7 = y.a.b; e8 = y.a[1].b; e9=y.a[1].c
    y.a[1].c = 4
    y.a[1].b = 4
    y.a[1] = 4
    z = source()
    z.a.b = 3
    w = z
    e10 = w.a; e11 = w.a.b; e12 = w.a.b.c; e13 = w.a.c
    z.a = source()
    e14 = z.a.b
    k.a.b = source()
    k.a.c = source()
    k.a = source()
    k = source()
    k.a.b = 1
    k.a = 2
    k.a.b = source()
    k.q = k
    m = {"a": source(), **a}
    n = {a: source()}
    n2 = {1: source()}
    n3 = {1: source(), "x": 3}
    n4 = {"x": source(), 1: source(), i: source(), "y": a, "z": 4}
    n5 = [[source()], {source()}, (source(),)]
    n6 = {f"x{1}": source(), b"k": source(), "a" "b": source(), None: source(), 1.5: source()}
    n7 = {'x': source()}
    n8 = {True: source()}
    n9 = dict(a=source())
