"""Python in every shape: what the tests lower and compare with semgrep-core."""

from __future__ import annotations

CLASSIC = r'''
import os, sys as system
import a.b.c as d, e
from a.b import (c, d as e,)
from . import x
from .. import y
from ...z import w
from ..m import *
from __future__ import annotations
x = 1
x = y = z = 1
a, b = b, a
(a, b) = c
[a, *b] = c
*a, = b
a = (b) = c
(x) = (1)
x: int
x: int = 1
x: a.b[c, d] | None = None
x: Callable[[int], List[str]] = f
x: A[B] | C | D
x.y: int = 1
x[0]: int
x += 1, 2
x //= y
(a + b) * c
a * b // c % d
a and b and c or d or e
a and (b and c)
a < b < c
a is not b
a not in b
not a == -b ** ~c
await a ** b
a if b else c or d
lambda: 0
lambda x, y=1, *a, **k: (x)
(yield)
x = yield y, z
yield from a
(n := f(x))
f(n := 1)
a.b.c(d)(e)[f].g
a[1], a[1:2], a[::2], a[1:2, 3], a[b, c], a[...], a[b,]
f(*a, b, c=d, **e)
f(x for x in y)
f((x for x in y), z)
[x for x in y if z for a, (b, c) in d]
[x async for x in y]
{x for x in y}
{a: b for a, b in c}
{}, {a}, {a: b}, {**a, "b": c}, {*a, b}
(), (a,), (a), a,
[a, *b]
self.x = cls.y
super().f(self, this)
0x1F, 0o17, 0b1, 1_000, 017, 1L, 99999999999999999999, 0xFFFFFFFFFFFFFFFF
1.5, 1e3, .5, 5., 1j
"a" 'b' b"c" """d
e"""
r"\d", rb"a", u"b", Rb'c', r'\\'
"\n\t\\\"\x41\N{DASH}\0", 'it\'s', "a\
b"
f"", f"a", f"a{x}b{{c}}d\n", rf"\d{x}", F"{x}"
f"{x!r:>{w}.{p}f} {y=} {z:%Y-%m-%d} {a, b} {(c)}"
f"""a "b" {c}
"""
f"{a}" "b" f'{c["d"]}'
print(a, file=b)
None, True, False, ..., __debug__
é = ñ
a; b; c
if a: b
if a:
    b
elif c:
    d
elif e: f
else:
    g
while a:
    break
else:
    continue
for a in b: c
for a.b, (c, self.d) in e, f:
    pass
else:
    g
with a: b
with a as b, (c) as (d), e as (f, g): h
with (a as b, c): d
with (a, b): c
with (a): b
try:
    a
except: b
try:
    a
except A: b
except (B, C): d
except D as e:
    f
except* G as h: i
else: j
finally:
    k
return
return a, *b
raise
raise (a)
raise A from b
raise A, "b"
assert a, "b"
del a, (b), c[0]
del (a, b)
pass
@a
@a()
@a.b
@a.b(c, d=e)
@a[0]
@(a)
def f(a, /, b: int = 1, *c: d, e, **g) -> h:
    """Documentation."""
    global x, y
    nonlocal z
    def g(): return (1)
    return a
def f(a=1, *, b): pass
def f((a, b), c): pass
async def f():
    async with a as b: c
    async for d in e: f
    await g
@a
async def f(): pass
@staticmethod
@abstractmethod
def f(): pass
class A: pass
class A(): pass
@a
class A(B.C, D[E], f(g), *h, metaclass=I):
    """Documentation."""
    x = 1
    (y) = 2
    z: int = 3
    w.x = 1
    a, b = c
    if x:
        y = 1
    def f(self, x=(1)):
        y = 2
    @property
    def p(self): pass
    class B(C): z = 1
match = case = type = 1
type(a).b = c
match(a)
'''

MODERN = r'''
x @= 1
match a, f(b):
    case 1 | -2.5 | None | "x": b
    case A(), B.C(d, e=1): f
    case [a, *b], (c, _), {"d": e}: g
    case A.B if c: d
    case (A() as b) | c: pass
    case "a\nb" "c": pass
match (a):
    case _: pass
type X = int
x: type[A] | B[C] | D = E
"a", 'b"c', "d\n", "", """a "b" c""", b"d", r"\d"
"a" "b\n" f"c{d}" ""
f"a{x!r:>10}b\n{{{y, z}}}"
f"{x:#x} {(y)}" "z"
f"""a "b" {c}"""
a[b, c], a[1:2:3], f(x for x in y), (yield)
a and b and c
a * b / c
(x): int = 1
async def f():
    async with a as b: c
    async for d in e: f
@a
async def f(x: "int" = "b"): pass
with (a, b) as c: d
def f(*args: *Ts): pass
print("a" % b, c="d")
if "a" in b: return "c"
class A("B"): x = "y"
'''
