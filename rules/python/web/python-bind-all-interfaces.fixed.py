import socket
from http.server import HTTPServer

import uvicorn

# ruleid: python-bind-all-interfaces
app.run(host="127.0.0.1", port=8000)
# ruleid: python-bind-all-interfaces
uvicorn.run("app:app", host="::1")
# ruleid: python-bind-all-interfaces
socket.socket().bind(("127.0.0.1", 8000))
# ruleid: python-bind-all-interfaces
server = HTTPServer(("127.0.0.1", 8000), Handler)

# ok: python-bind-all-interfaces
app.run(host="127.0.0.1")
# ok: python-bind-all-interfaces
app.run(host=settings.host)
# ok: python-bind-all-interfaces
socket.socket().bind(("localhost", 8000))
# ok: python-bind-all-interfaces
if host == "0.0.0.0":
    pass
# ruleid: python-bind-all-interfaces
HTTPServer(("127.0.0.1", 8000), Handler).serve_forever()
# ok: python-bind-all-interfaces
socket.socket().bind(("", 0))


def more_forms(request):
    # ruleid: python-bind-all-interfaces
    aiohttp.web.run_app(app, host="127.0.0.1")
    # ruleid: python-bind-all-interfaces
    asyncio.start_server(handle, "127.0.0.1")
    # ruleid: python-bind-all-interfaces
    asyncio.start_server(handle, host="127.0.0.1")
    # ruleid: python-bind-all-interfaces
    http.server.ThreadingHTTPServer(("127.0.0.1", 80), Handler)
    # ruleid: python-bind-all-interfaces
    socketserver.TCPServer(("127.0.0.1", 80), Handler)
    # ruleid: python-bind-all-interfaces
    waitress.serve(app, host="127.0.0.1")
    # ruleid: python-bind-all-interfaces
    wsgiref.simple_server.make_server("127.0.0.1", 80, app)
