def loops():
    for name, size in rows():
        # ruleid: taint-from-loop-targets
        # ruleid: taint-from-loop-target-by-side-effect
        show(name)
        # ok: taint-from-loop-targets
        # ruleid: taint-from-loop-target-by-side-effect
        show(size)
    for (name, size), date in rows():
        # ruleid: taint-from-loop-targets
        # ruleid: taint-from-loop-target-by-side-effect
        show(size)
        # ok: taint-from-loop-targets
        # ruleid: taint-from-loop-target-by-side-effect
        show(date)
    for row in rows():
        # ruleid: taint-from-loop-target-by-side-effect
        show(row)
        # ok: taint-from-loop-target-by-side-effect
        show(1)


async def targets():
    with upload("a") as received:
        # ruleid: taint-from-with-target
        show(received)
    async with upload("a") as received_too:
        # ruleid: taint-from-with-target
        show(received_too)
    with upload("a") as (part, other):
        # ruleid: taint-from-with-target
        show(part)
        # ok: taint-from-with-target
        show(1)


def stored():
    # ruleid: taint-to-loop-targets
    for name, size in query():
        # ok: taint-clean-targets
        # ruleid: taint-passed-to-loop-target
        # ruleid: taint-assigned-to-what-was-clean
        show(name)
        # ruleid: taint-clean-targets
        # ruleid: taint-passed-to-loop-target
        # ruleid: taint-assigned-to-what-was-clean
        show(size)
    # ruleid: taint-to-loop-targets
    for (name, kind), size in query():
        # ok: taint-clean-targets
        # ruleid: taint-passed-to-loop-target
        # ruleid: taint-assigned-to-what-was-clean
        show(kind)
    # ok: taint-to-loop-targets
    for whole in query():
        # ruleid: taint-clean-targets
        # ruleid: taint-passed-to-loop-target
        # ruleid: taint-assigned-to-what-was-clean
        show(whole)
    data = query()
    # ruleid: taint-clean-targets
    # ruleid: taint-passed-to-loop-target
    # ruleid: taint-assigned-to-what-was-clean
    show(data)
    # ok: taint-assigned-to-what-was-clean
    show(1)


def passed():
    for chunk in chunks(query()):
        # ruleid: taint-clean-targets
        # ruleid: taint-passed-to-loop-target
        # ruleid: taint-assigned-to-what-was-clean
        show(chunk)
    # ruleid: taint-to-loop-targets
    for part, rest in chunks(query()):
        # ok: taint-passed-to-loop-target
        # ruleid: taint-assigned-to-what-was-clean
        show(part)


# ruleid: taint-from-lambda-parameter
key = lambda entry: show(entry)
# ok: taint-from-lambda-parameter
both = lambda entry, other: show(entry)
# ruleid: taint-from-rest-parameter
named = lambda *names: show(names)


def rest(first, *names):
    # ruleid: taint-from-rest-parameter
    show(names)
    # ok: taint-from-rest-parameter
    show(first)
    # ruleid: taint-from-lambda-parameter
    return sorted(first, key=lambda entry: show(entry.size))
