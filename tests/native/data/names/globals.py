G1 = "a"
G2 = "a"
G2 = "b"
G3 = "a" + "b"
G4 = 1 + 2
G5 = -1
G6 = G1
G7 = G1 + "c"
G8 = f"x"
G9 = f"x{G1}"
H1 = b"x"
H2 = "a" "b"
H3 = [1, 2]
H4 = (1, 2)
H5 = foo()
H6 = True
H7 = None
H8 = 1.5
H9: int = 3
I1, I2 = 1, 2
I3 = I4 = 5
I5 = {"a": 1}
I6 = "%s" % G1
I7 = not True
I8 = 1 < 2
I9 = "a" * 3
J1 = 2 * 3
J2 = 1
J2 += 1
J3 = 1
J4 = 0x10
J5 = r"a\n"
J6 = "a\n"
J7 = "x".join("y")
J8 = "{}".format(G1)
J9 = str("a")
if c:
    K1 = 1
else:
    K1 = 1
if c: K2 = 1
for K3 in x: pass
K4 = 1
del K4
K5 = 1j
K6 = "a" if c else "b"
K7 = G4 * 2
K8 = G4 - 1
K9 = -G4
use(G1, G2, G3, G4, G5, G6, G7, G8, G9, H1, H2, H3, H4, H5, H6, H7, H8, H9)
use(I1, I2, I3, I4, I5, I6, I7, I8, I9, J1, J2, J3, J4, J5, J6, J7, J8, J9, K1, K2, K3, K4, K5, K6, K7, K8, K9)
def f():
    use(G1, G2, G3, G4, G5, G6, G7, G8, G9, H1, H2, H3, H4, H5, H6, H7, H8, H9)
    use(I1, I2, I3, I4, I5, I6, I7, I8, I9, J1, J2, J3, J4, J5, J6, J7, J8, J9, K1, K2, K3, K4, K5, K6, K7, K8, K9)
    global J3
    J3 = 5
class C:
    u = G1
    v = "x"
    w = v
    def m(self): return G1, G5, self.v, C.v
lambda: G1
