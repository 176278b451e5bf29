import code
import pdb
from pdb import set_trace


def f(state):
    # ruleid: python-debugger-left
    breakpoint()
    # ruleid: python-debugger-left
    pdb.set_trace()
    # ruleid: python-debugger-left
    set_trace()
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
    ipdb.set_trace()
    # ruleid: python-debugger-left
    pudb.set_trace()
    # ruleid: python-debugger-left
    rpdb.set_trace()
    # ruleid: python-debugger-left
    remote_pdb.set_trace()
    # ruleid: python-debugger-left
    celery.contrib.rdb.set_trace()
    # ruleid: python-debugger-left
    debugpy.listen()
    # ruleid: python-debugger-left
    debugpy.wait_for_client()
    # ruleid: python-debugger-left
    pydevd.settrace()
    # ruleid: python-debugger-left
    pydevd_pycharm.settrace()
    return request
