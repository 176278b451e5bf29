from fastapi.middleware.cors import CORSMiddleware
from flask_cors import CORS, cross_origin

# ruleid: python-cors-any-origin
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)
# ruleid: python-cors-any-origin
app.add_middleware(CORSMiddleware, allow_credentials=True, allow_methods=["*"], allow_origins=["*"])
# ruleid: python-cors-any-origin
CORS(app, origins="*", supports_credentials=True)

# ok: python-cors-any-origin
app.add_middleware(CORSMiddleware, allow_origins=["https://app.example.org"], allow_credentials=True)
# ok: python-cors-any-origin
app.add_middleware(CORSMiddleware, allow_origins=["*"])
# ok: python-cors-any-origin
CORS(app, origins="*")
# ok: python-cors-any-origin
CORS(app, origins=["https://app.example.org"], supports_credentials=True)


def every_form(request):
    # ruleid: python-cors-any-origin
    app.add_middleware(allow_origin_regex=".*", allow_credentials=True)
    # ruleid: python-cors-any-origin
    flask_cors.cross_origin(origins="*", supports_credentials=True)


def sockets(app):
    import socketio
    from flask_socketio import SocketIO

    # ruleid: python-cors-any-origin
    SocketIO(app, cors_allowed_origins="*")
    # ruleid: python-cors-any-origin
    socketio.AsyncServer(cors_allowed_origins="*")
    # ruleid: python-cors-any-origin
    socketio.Server(cors_allowed_origins="*")
    # ok: python-cors-any-origin
    SocketIO(app, cors_allowed_origins=["https://example.com"])
