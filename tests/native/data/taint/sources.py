def f0(a, i):
    if i:
        x = source(1)
    else:
        x = source(2)
    sink(x)
    if i:
        y = source(3)
        y = y
        y = y + 1
    else:
        y = source(4)
    sink(y)
    sink(source(5), source(6))
    sink(y, x)
    z = source(7) + source(8)
    sink(z)
    w = y
    w = source(9)
    sink(w)
    q.a = source(10)
    q.b = source(11)
    sink(q)
    for k in q:
        sink(k)
    l = [source(12), source(13)]
    sink(l)
    l2 = {source(14), source(15)}
    sink(l2)
    sink(g(h(source(16)), source(17)))
    m = a
    m = source(18)
    n = m
    m = n
    o = m
    sink(o)
    while i:
        p = p2
        p2 = p3
        p3 = source(19)
        sink(p)
        sink(p2)
    sink(p)
    r = r + source(20)
    r += r
    sink(r)
    s[source(21)] = 3
    sink(s)
    t[0] = source(22)
    sink(t)
    t[1] = source(23)
    sink(t[0])
    u.append(source(24))
    sink(u)
    sink(a.b.sink(source(25)))
    sink(sink(source(26)))
