def f0(a, i):
    x = source()
    if i:
        x = 1
    y1 = x
    if i:
        x.a = 1
    else:
        x.b = source()
    y2 = x
    y3 = x.a
    if i:
        y2 = 3
    else:
        q.r = source()
    if a:
        k = source()
        k.a = 4
    else:
        k = 3
        k.a = source()
    if a: m = 3
    else: m.a = source()
    if a: n.a.b = 3
    else: n.a.b = source()
    try:
        t1 = source()
        t1 = 3
        t1 = source()
    except E:
        t2 = t1
    else:
        t3 = source()
    finally:
        t4 = t3
    try:
        t1 = 5
        t9 = g()
    except E as e:
        t5 = t1
        raise t9
    except F:
        return 3
    t6 = t1
    while i:
        w = w2
        w2 = w3
        w3 = source()
        if k: break
        if l: continue
        w4 = source()
    else:
        w5 = w4
    return x
    z = source()
