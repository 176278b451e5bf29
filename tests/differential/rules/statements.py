import os


def read(name):
    # ruleid: sequence-adjacent
    # ruleid: sequence-with-ellipsis
    f = open(name)
    f.close()
    # ruleid: sequence-with-ellipsis
    g = open(name)
    print(g)
    g.read()
    # ok: sequence-adjacent
    h = open(name)
    print(h)
    h.close()
    # ok: sequence-with-ellipsis
    i = open(name)
    f.read()


def read_inside(name):
    # ruleid: sequence-with-ellipsis
    f = open(name)
    if name:
        for _ in name:
            # ruleid: return-ellipsis
            return f.read(1)


def locked():
    prepare()
    # ruleid: sequence-ellipsis-first-and-last
    lock.acquire()
    work()
    lock.release()
    done()


def not_locked():
    # ok: sequence-ellipsis-first-and-last
    lock.acquire()
    work()


# ruleid: if-any-body
if x is None:
    print(1)
# ruleid: if-any-body
# ruleid: if-else
if x is None:
    print(1)
else:
    print(2)
# ruleid: if-else
if y:
    pass
# ruleid: if-any-body
elif x.y is None:
    pass
# ok: if-any-body
if x is not None:
    pass

# ruleid: if-else
if a:
    b()
else:
    c()
# ruleid: if-else
if a:
    b()
elif c:
    d()
# ok: if-else
if a:
    b()

# ruleid: if-body-statement
if request.user.is_admin:
    log()
    grant(user, 1)
    log()
# ok: if-body-statement
if request.user.is_staff:
    grant(user)
# ruleid: if-body-statement
if user.is_admin:
    if other:
        grant(user)

# ruleid: for-over-call
for k in d.keys():
    print(k)
# ruleid: for-over-call
for k, v in d.keys():
    print(k)
# ok: for-over-call
for k in d.items():
    print(k)
# ok: for-over-call
values = [k for k in d.keys()]

# ruleid: for-body
for item in things:
    if item:
        pass
    things.remove(item)
# ok: for-body
for item in things:
    others.remove(item)

# ruleid: while-true
while True:
    step()
# ok: while-true
while 1:
    step()

# ruleid: with-as
# ruleid: with-any
with open(name, "w") as f:
    f.write(data)
# ruleid: with-as
# ruleid: with-any
with a() as b, open(name, "w") as f:
    f.write(data)
# ok: with-as
# ruleid: with-any
with open(name, "w"):
    pass
# ok: with-as
# ruleid: with-any
with open(name, "r") as f:
    pass

# ruleid: with-any
with lock:
    pass
# ruleid: with-any
with lock as held:
    pass

# ruleid: try-except-pass
try:
    step()
except ValueError:
    pass
# ok: try-except-pass
try:
    step()
except (A, B):
    pass
# ok: try-except-pass
try:
    step()
except ValueError as error:
    pass
# ok: try-except-pass
try:
    step()
except ValueError:
    log()
    pass
# ruleid: try-except-pass
try:
    step()
except ValueError:
    pass
except KeyError:
    raise

# ruleid: try-bare-except
try:
    step()
except:
    log()
# ok: try-bare-except
try:
    step()
except ValueError:
    log()


def view():
    # ruleid: try-except-as
    try:
        step()
    except Exception as error:
        log()
        # ruleid: return-ellipsis
        return str(error)


def other_view():
    # ok: try-except-as
    try:
        step()
    except Exception as error:
        # ruleid: return-ellipsis
        return str(other)


# ruleid: try-finally
try:
    step()
finally:
    done()
# ruleid: try-finally
try:
    step()
except A:
    pass
finally:
    done()

if a:
    # ruleid: raise-call
    # ruleid: raise-any
    # ruleid: raise-call
    raise Exception("a")
if b:
    # ruleid: raise-any
    raise ValueError
if c:
    # ok: raise-any
    raise
if d:
    # ruleid: raise-call
    # ruleid: raise-any
    raise Exception("a") from error

# ruleid: assert-any
assert user
# ruleid: assert-message
assert user, "no user"
# ok: assert-message
# ruleid: assert-any
assert (user, "no user")


def returns(a, b):
    if a:
        # ruleid: return-value
        # ruleid: return-ellipsis
        # ruleid: return-value
        return a == b
    if b:
        # ruleid: return-nothing
        # ruleid: return-ellipsis
        # ruleid: return-nothing
        return
    # ruleid: return-ellipsis
    return a


# ruleid: delete
del os.environ["A"]
# ok: delete
del environ["A"]


def counts():
    # ruleid: global-name
    global total
    # ruleid: global-name
    nonlocal other
    # ruleid: augmented-assignment
    total += 1


# ruleid: assignment-any-value
DEBUG = True
# ruleid: assignment-any-value
DEBUG = os.environ.get("DEBUG", "1") == "1"
# ok: assignment-any-value
settings.DEBUG = True
# ok: assignment-any-value
DEBUG == True

# ruleid: assignment-target-tuple
# ruleid: chained-assignment
a, b = text.split(":")
# ruleid: assignment-target-tuple
# ruleid: chained-assignment
(a, b) = text.strip().split(":", 1)
# ok: assignment-target-tuple
a, b, c = text.split(":")

# ruleid: augmented-assignment
query += where
# ruleid: augmented-assignment
self.query += " and " + where
# ok: augmented-assignment
query -= where
# ok: augmented-assignment
query = query + where

# ruleid: annotated-assignment
count: int = 1
# ok: annotated-assignment
count: str = 1
# ok: annotated-assignment
count: int
# ok: annotated-assignment
count = 1

# ruleid: chained-assignment
first = second = third
# ok: chained-assignment
first = second

# ruleid: expression-in-any-statement
dangerous(1)
# ruleid: expression-in-any-statement
if dangerous():
    # ruleid: expression-in-any-statement
    x = [dangerous(1), 2]
    # ruleid: expression-in-any-statement
    print(a, *dangerous(x))
    # ruleid: expression-in-any-statement
    del x[dangerous(x)]


# ruleid: expression-in-any-statement
def default(x=dangerous(1)):
    # ruleid: expression-in-any-statement
    # ruleid: return-ellipsis
    return lambda: dangerous(x)


# ruleid: pass-body
def nothing(a, b=1, *c, **d):
    pass


# ok: pass-body
def something():
    pass
    # ruleid: return-ellipsis
    return 1


# ruleid: pass-body
async def nothing_async():
    pass


async def session():
    # ruleid: async-with
    # ruleid: with-any
    async with client() as c:
        # ruleid: await-value
        await c.send(1)
        # ok: await-value
        c.send(1)
    # ok: async-with
    # ruleid: with-any
    with client() as c:
        # ruleid: yield-value
        yield c
        # ruleid: yield-value
        received = yield c.d
        # ok: yield-value
        yield


# ok: raise-call
raises = Exception("a")
# ok: assert-any
asserts(user)
# ok: global-name
other = total


def leftovers(a, b):
    # ok: try-finally
    # ruleid: try-except-pass
    try:
        step()
    except A:
        pass
    # ok: with-any
    lock.acquire()
    # ok: return-value
    # ruleid: return-ellipsis
    return a != b
    # ok: return-nothing
    # ruleid: return-ellipsis
    return a
    # ok: return-ellipsis
    # ruleid: yield-value
    yield a
    # ok: expression-in-any-statement
    dangerous


# ok: sequence-past-async-with
async def inside_async_with(session):
    # ruleid: with-any
    async with session:
        await session.close()


# ok: sequence-past-async-with
async def inside_async_for(sessions):
    async for session in sessions:
        await session.close()


# ruleid: sequence-past-async-with
async def inside_if(session):
    if session:
        await session.close()


# ruleid: sequence-past-async-with
async def after_async_with(session):
    # ruleid: with-any
    async with session:
        pass
    await session.close()
