from imp import fdef, cdef, glo, used_in_later
glob = 1
def fdef():
    if c:
        v1 = 1
    else:
        v2 = 2
    v1; v2
    for i in r:
        v3 = 3
    i; v3
    try:
        v4 = 1
        with o as w:
            v5 = 1
    except E as ex:
        v6 = 1
    finally:
        v7 = 1
    v4; w; v5; ex; v6; v7
    while 1:
        v8 = 1
    v8
    def inner():
        v9 = 1
        v1 = 2
        return v1
    v9; inner
    v1
    glob
    glob = 2
    glob
    class L:
        v10 = 1
        v1 = 2
        v1
        def m(self): v10; v1
    v10; L
    from lm import lf
    import lm2 as lz
    lf; lz
    und += 1
    und
    ann: int = 3
    ann
    ann2: str
    ann2
    glo = 4
    glo
    del v1
    v1
    global glob2
    glob2 = 5
    glob2
    return 1
glob2
lf; lz
v1
fdef
class cdef: pass
cdef
def other():
    lf; lz
    v1
    glob
    glob2
    glob += 1
    fdef
    glob2: int = 4
    glob2
    used_in_later.glob
    for glob in z: glob
    glob
    with a as glob: glob
    try: pass
    except E as glob: glob
    [glob for glob in glob if glob]
    glob
    lambda glob: glob
    (glob := 4)
    glob
