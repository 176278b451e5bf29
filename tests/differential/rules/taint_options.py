def sanitized():
    a = source()
    # ruleid: taint-sanitized
    sink_a(a)
    # ok: taint-sanitized
    sink_a(clean(a))
    # ok: taint-sanitized
    sink_a("a" + str(int(a)))
    b = clean(a)
    # ok: taint-sanitized
    sink_a(b)
    # ruleid: taint-sanitized
    sink_a(clean(a) + a)


def sanitized_by_side_effect(flag):
    a = source()
    # ruleid: taint-sanitized-by-side-effect
    sink_b(a)
    check(a)
    # ok: taint-sanitized-by-side-effect
    sink_b(a)
    b = source()
    if flag:
        check(b)
    # ruleid: taint-sanitized-by-side-effect
    sink_b(b)


def sanitizer_exact():
    a = source()
    # ok: taint-sanitizer-exact
    sink_c(wrap(a))
    # ruleid: taint-sanitizer-exact
    sink_c(unwrap(a))


def sanitizer_not_conflicting():
    a = load(1)
    # ruleid: taint-sanitizer-not-conflicting
    sink_d(a)
    # ok: taint-sanitizer-not-conflicting
    sink_d(other(a))


def sanitizer_inside():
    a = source()
    # ruleid: taint-sanitizer-inside
    sink_e(a)
    if a in ALLOWED:
        # ok: taint-sanitizer-inside
        sink_e(a)


def source_by_side_effect():
    buffer = make()
    # ok: taint-source-by-side-effect
    sink_f(buffer)
    fill(buffer)
    # ruleid: taint-source-by-side-effect
    sink_f(buffer)
    # ruleid: taint-source-by-side-effect
    sink_f(buffer.x)


def source_by_side_effect_only():
    read_into(buffer)
    # ruleid: taint-source-by-side-effect-only
    sink_g(buffer)
    # ok: taint-source-by-side-effect-only
    sink_g(other)


def source_exact():
    # ruleid: taint-source-exact
    sink_h(outer(a))
    a = 1
    # ok: taint-source-exact
    outer(sink_h(a))
    # ruleid: taint-source-not-exact
    outer(sink_h2(a))
    # ok: taint-source-not-exact
    sink_h2(a)


def sink_exact():
    # ruleid: taint-sink-exact
    sink_i(source())
    # ruleid: taint-sink-exact
    sink_i(f(source()))
    # ruleid: taint-sink-not-exact
    sink_i2(source())
    # ruleid: taint-sink-not-exact
    sink_i2(f(g(source())))
    # ok: taint-sink-not-exact
    sink_i2(f)


def propagator():
    items = []
    # ok: taint-propagator
    sink_j(items)
    items.append(source())
    # ruleid: taint-propagator
    sink_j(items)
    # ruleid: taint-propagator
    sink_j(items[0])
    copy_into(items, other)
    # ruleid: taint-propagator
    sink_j(other)
    # ok: taint-propagator
    sink_j(third)


def propagator_by_side_effect_off():
    items = set()
    items.add(source())
    # ok: taint-propagator-by-side-effect-off
    sink_k(items)
    # ruleid: taint-propagator-by-side-effect-off
    sink_k(source())


def propagator_statement():
    r = 0
    if source():
        r = 1
    # ruleid: taint-propagator-statement
    sink_l(r)
    # ok: taint-propagator-statement
    sink_l(q)


def labels():
    a = user_input()
    # ok: taint-labels
    sink_m(a)
    # ruleid: taint-labels
    sink_m("select " + a)
    b = "select " + a
    # ruleid: taint-labels
    sink_m(b)
    # ok: taint-labels
    sink_m("select " + other)


def labels_and_not():
    a = user_input()
    # ruleid: taint-labels-and-not
    sink_n(a)
    validate(a)
    # ok: taint-labels-and-not
    sink_n(a)


def labels_of_metavariables():
    u = user_url()
    k = user_key()
    # ruleid: taint-labels-of-metavariables
    sink_o(u, k)
    # ok: taint-labels-of-metavariables
    sink_o(k, u)
    # ok: taint-labels-of-metavariables
    sink_o(u, u)


def control(flag):
    # ok: taint-control
    sink_p()
    if flag:
        begin_transaction()
    # ruleid: taint-control
    sink_p()


def safe_functions():
    a = source()
    # ok: taint-assume-safe-functions
    sink_q(f(a))
    # ruleid: taint-assume-safe-functions
    sink_q(a)
    # ruleid: taint-assume-safe-functions
    sink_q(a.b)
    # ok: taint-assume-safe-functions
    sink_q(a.strip())
    # ruleid: taint-assume-safe-functions
    sink_q(f"{a}")


def safe_indexes():
    a = source()
    # ok: taint-assume-safe-indexes
    sink_r(table[a])
    # ruleid: taint-assume-safe-indexes
    sink_r(a[0])


def safe_comparisons():
    a = source()
    # ok: taint-assume-safe-comparisons
    sink_s(a == 1)
    # ok: taint-assume-safe-comparisons
    sink_s(a in b)
    # ruleid: taint-assume-safe-comparisons
    sink_s(a + 1)


def safe_types():
    a: int = source()
    b = source()
    # ruleid: taint-assume-safe-booleans-and-numbers
    sink_t(a)
    # ok: taint-assume-safe-booleans-and-numbers
    sink_t(a + 1)
    # ruleid: taint-assume-safe-booleans-and-numbers
    sink_t(b)
    # ok: taint-assume-safe-booleans-and-numbers
    sink_t(b == 1)
    # ok: taint-assume-safe-booleans-and-numbers
    sink_t(not b)
    # ok: taint-assume-safe-booleans-and-numbers
    sink_t(b + 1)
    # ruleid: taint-assume-safe-booleans-and-numbers
    sink_t(b + "a")
    # ruleid: taint-assume-safe-booleans-and-numbers
    sink_t(len(b))


def only_assignments():
    a = source()
    b = a
    # ruleid: taint-only-through-assignments
    sink_u(b)
    # ok: taint-only-through-assignments
    sink_u(a + 1)
    # ok: taint-only-through-assignments
    sink_u(f(a))


def unify():
    a = get_of(x)
    # ruleid: taint-unify-metavariables
    put_of(x, a)
    # ok: taint-unify-metavariables
    put_of(y, a)


def several_sinks():
    a = source()
    b = other_source()
    # ruleid: taint-several-sinks
    sink_v(a, b)
    # ruleid: taint-several-sinks
    db.sink_w(b, a)
    # ok: taint-several-sinks
    db.sink_w("a", a)
    # ok: taint-several-sinks
    other.sink_w(a)


def sink_exact_without_source():
    # ok: taint-sink-exact
    sink_i(f(1))
