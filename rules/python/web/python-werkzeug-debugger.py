import bottle
from fastapi import FastAPI
from werkzeug.debug import DebuggedApplication
from werkzeug.serving import run_simple

# ruleid: python-werkzeug-debugger
application = DebuggedApplication(app, evalex=True)
# ruleid: python-werkzeug-debugger
run_simple("localhost", 5000, app, use_debugger=True)
# ruleid: python-werkzeug-debugger
api = FastAPI(title="api", debug=True)
# ruleid: python-werkzeug-debugger
bottle.run(host="localhost", debug=True)
# ok: python-werkzeug-debugger
application = DebuggedApplication(app, evalex=False)
# ok: python-werkzeug-debugger
run_simple("localhost", 5000, app, use_reloader=True)
# ok: python-werkzeug-debugger
api = FastAPI(debug=settings.DEBUG)
# ok: python-werkzeug-debugger
api = FastAPI()


def every_form(request):
    # ruleid: python-werkzeug-debugger
    werkzeug.debug.DebuggedApplication(app, True)
    # ruleid: python-werkzeug-debugger
    starlette.applications.Starlette(debug=True)
    # ruleid: python-werkzeug-debugger
    tornado.web.Application(debug=True)
    # ruleid: python-werkzeug-debugger
    tornado.web.Application(serve_traceback=True)
    # ruleid: python-werkzeug-debugger
    bottle.debug(True)
    # ruleid: python-werkzeug-debugger
    sanic.Sanic().run(debug=True)
