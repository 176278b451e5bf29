import code
import pdb
from pdb import set_trace


def f(state):
    # ruleid: python-debugger-left
    # ruleid: python-debugger-left
    # ruleid: python-debugger-left
    # ok: python-debugger-left
    code.interact(local=locals())
    # ok: python-debugger-left
    pdb.post_mortem
    # ok: python-debugger-left
    logger.debug("state %r", state)
    # ok: python-debugger-left
    state.breakpoint()
    # ok: python-debugger-left
    curses.set_trace()


def every_form(request):
    # ruleid: python-debugger-left
    # ruleid: python-debugger-left
    # ruleid: python-debugger-left
    # ruleid: python-debugger-left
    # ruleid: python-debugger-left
    # ruleid: python-debugger-left
    # ruleid: python-debugger-left
    # ruleid: python-debugger-left
    # ruleid: python-debugger-left
    return request
