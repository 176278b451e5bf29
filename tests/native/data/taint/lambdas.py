def f1(a):
    x = source(2)
    p = lambda: (lambda: sink(x, 6))
def f2(a):
    x = source(2)
    p = lambda: (lambda: x)
def f3(a):
    x = source(2)
    p = lambda: (lambda: g(x))
def f4(a):
    x = source(2)
    p = lambda: [lambda: g(x)]
def f5(a):
    x = source(2)
    p = lambda: g(lambda: g(x))
def f6(a):
    x = source(2)
    p = lambda: (lambda: (lambda: g(x)))
def f7(a):
    x = source(2)
    p = lambda: g(x)
    p = lambda: x
def f8(a):
    x = source(2)
    y = h(lambda: x)
    y = h(lambda: (lambda: x))
    return lambda: x
def f9(a):
    x = source(2)
    return lambda: (lambda: x)
