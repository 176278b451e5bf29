# ruleid: option-vardef-assign-off
x = dangerous_value(1)
# ok: option-vardef-assign-off
y: int = dangerous_value(1)
# ok: option-vardef-assign-off
z = safe_value(1)

# ruleid: option-ac-matching-off
flags = A | B | C
# ok: option-ac-matching-off
flags = B | A | C
# ok: option-ac-matching-off
flags = A | (B | C)
# ruleid: option-ac-matching-on
flags = X | Y | Z
# ruleid: option-ac-matching-on
flags = Z | X | Y
# ruleid: option-ac-matching-on
flags = X | (Y | Z)
# ok: option-ac-matching-on
flags = X | Y


def symbolic():
    s = open_socket()
    # ruleid: option-symbolic-chained
    s.send(1)
    # ruleid: option-symbolic-chained
    open_socket().send(2)
    # ok: option-symbolic-chained
    t.send(1)


# ruleid: option-implicit-ellipsis
configure({"debug": True})
# ok: option-implicit-ellipsis
configure({"debug": True, "a": 1})


# ok: option-attr-expr-off
@unsafe_decorator(1)
def decorated():
    # ruleid: option-attr-expr-off
    return unsafe_decorator(1)


# ruleid: option-attr-expr-on
@unsafe_registration(1)
def registered():
    # ruleid: option-attr-expr-on
    return unsafe_registration(1)


# ruleid: option-decorators-in-order
@first
@second
def in_order():
    pass


# ok: option-decorators-in-order
@second
@first
def out_of_order():
    pass


def steps():
    # ruleid: option-implicit-deep-exprstmt-off
    a = begin()
    finish(a)


def deep_steps():
    # ruleid: option-implicit-deep-exprstmt-off
    a = begin()
    return wrap(finish(a))


def more_steps():
    # ruleid: option-implicit-deep-exprstmt-on
    a = start()
    print(wrap(stop(a)))


def fewer_steps():
    # ok: option-implicit-deep-exprstmt-on
    a = start()
    stop(b)


# ruleid: option-commutative-compop
check(a != forbidden)
# ruleid: option-commutative-compop
check(forbidden != a)
# ok: option-commutative-compop
check(forbidden == a)

# ruleid: option-version-range
versioned(1)
# ok: option-version-range
unversioned(1)


# ruleid: option-attr-expr-on
@unsafe_registration
def unregistered():
    pass


def other_steps():
    # ok: option-implicit-deep-exprstmt-off
    a = begin()
    finish(b)


# ok: option-attr-expr-on
@safe_registration(1)
def safely_registered():
    pass
