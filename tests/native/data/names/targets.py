aa[bb] = cc
bb
dd.ee(ff).gg = hh
dd; ff; ee; gg
ii[jj][kk.ll] = 1
jj; kk
(mm, nn[oo]), *pp = qq
mm; nn; oo; pp
rr[ss] += tt
rr; ss
uu(vv)[ww] = 2
uu; vv; ww
for xx[yy] in zz: xx; yy
with a1 as a2.a3, a4 as a5[a6]: a2;a5;a6
b1 = b2 = b3[b4] = 3
b1; b2; b3; b4
c1[lambda c2: c3] = 4
c3
del d1, d2[d3]
d1; d2; d3
e1: int
e1
e2: int = 3
e2
for n in n: n
with k as k: k
f1 = (f2 := 3)
[(f6 := f7) for f7 in f8]
f6
t1 = "s"
t2 = 1.5
t3 = None
t4 = True
t5 = [1]
t6 = {}
t7 = Foo()
t8 = a.Foo()
t9 = (1, 2)
u1 = {1}
u2 = -1
u3 = 1 + 2
u4 = "a" + "b"
u5 = f"x"
u6 = t1
u7 = lambda: 3
u8 = b"x"
u9 = "a" "b"
v1 = x if y else z
v2 = not 3
v3 = 1 < 2
v4 = 1j
v5 = await_(3)
v6 = "%s" % 3
v7 = str(3)
v8 = [x for x in y]
v9 = a.b
w1 = Foo
w2 = t2 + 1
w3 = t1 + "a"
w4 = 1 * 3.0
w5 = 0
w6 = 1; w6 = "s"; w6
t7.m(); t7.f
t8
x1 = t7.m()
