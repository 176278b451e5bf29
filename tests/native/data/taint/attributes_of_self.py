G = 1
import imp
def f0(self, t, u):
    self.t = source(1)
    sink(t)
    u = source(2)
    self.u = 1
    sink(u)
    v = source(3)
    self.v = v
    sink(self.v)
    self.v = 1
    sink(v)
    self.G = source(4)
    sink(G)
    self.imp = source(5)
    sink(imp)
    self.w = source(6)
    sink(w)
    def g():
        sink(w); sink(self.w)
        self.v = source(7)
        sink(v)
