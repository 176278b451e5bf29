x, y = x, y
x2[0] = x2
x3 += x3
x4 = y4 = (x4, y4)
x5.y: int = x5
def f(p):
 x[x[p]] = 1
 p(a, b=c, *d)[e] = 1
 (g + h).i = 1
 (j if k else l)[m] = 1
 o[p:q] = r
 self.x = x4
 p.x.y = 2
 self.p = 1
 p: int = p
