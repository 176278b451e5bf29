from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler
from urllib.parse import parse_qs, quote, unquote


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(302)
        target = unquote(self.path)
        # ruleid: python-http-header-injection
        self.send_header("Location", "/app" + target)
        # ruleid: python-http-header-injection
        self.send_header("X-Agent", self.headers["User-Agent"])
        # ok: python-http-header-injection
        self.send_header("Location", quote(target))
        # ok: python-http-header-injection
        self.send_header("Content-Length", str(len(target)))
        # ok: python-http-header-injection
        self.send_header("Content-Type", "text/html")


class Echo(SimpleHTTPRequestHandler):
    def do_POST(self):
        size = int(self.headers["Content-Length"])
        # ok: python-http-header-injection
        self.send_header("X-Size", str(size))
        # ruleid: python-http-header-injection
        self.send_header("X-Echo", self.rfile.read(size).decode())


def every_form(request):
    # ruleid: python-http-header-injection
    self.send_header(request.GET["q"], any)
    # ruleid: python-http-header-injection
    start_response(status, [(name, request.GET["q"])])
    # ruleid: python-http-header-injection
    self.send_response(code, request.GET["q"])


class Parts(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        # ok: python-http-header-injection
        self.send_header("Location", urllib.parse.urlunsplit(("https", "example.org", self.path, "", "")))
