def f2(a):
    t = source(2)
    x = (t)[0]
    x = (t).b(1)
    (t).y = 1
    x = (t.b).c
    x = t.b.c
    x = ((t)).b
    x = (t.b)
    x = (t.b)[0]
    x = (t[0]).c
    x = (t.b)(2)
    x = (t)(2)
    x = (t)
def f1(a):
    t = source(1)
    x = (t).b; sink(x)
def f2(a):
    t = source(2)
    x = (t); sink(x)
    x = (t)[0]; sink(x)
    x = (t).b(1); sink(x)
    x = ((t)); sink((x))
    x = h((t)); sink(x)
    (t).y = 1
    t.y = 1
    t.c.d = 1
    x = t.b
    x = t.b.c
    x = t[0]
    x = t[0].c
    x = (t.b).c
    x = ((t)).b
    x = ( t ).b
