import bottle
from fastapi import FastAPI
from werkzeug.debug import DebuggedApplication
from werkzeug.serving import run_simple

# ruleid: python-werkzeug-debugger
application = DebuggedApplication(app, evalex=False)
# ruleid: python-werkzeug-debugger
run_simple("localhost", 5000, app)
# ruleid: python-werkzeug-debugger
api = FastAPI(title="api")
# ruleid: python-werkzeug-debugger
bottle.run(host="localhost")
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
    starlette.applications.Starlette()
    # ruleid: python-werkzeug-debugger
    tornado.web.Application()
    # ruleid: python-werkzeug-debugger
    tornado.web.Application()
    # ruleid: python-werkzeug-debugger
    bottle.debug(True)
    # ruleid: python-werkzeug-debugger
    sanic.Sanic().run()
