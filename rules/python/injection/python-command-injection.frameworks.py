import os
import socketserver
from http.server import BaseHTTPRequestHandler

import bottle
import tornado.web
import tornado.websocket
from aiohttp import web
from bottle import route


async def aiohttp_handler(request: web.Request) -> web.Response:
    # ruleid: python-command-injection
    os.system("show " + request.match_info["name"])
    # ruleid: python-command-injection
    os.system("show " + request.query.get("name", ""))
    # ruleid: python-command-injection
    os.system("show " + request.rel_url.query["name"])
    data = await request.post()
    # ruleid: python-command-injection
    os.system("show " + data["name"])


class Show(tornado.web.RequestHandler):
    def get(self, name):
        # ruleid: python-command-injection
        os.system("show " + self.get_argument("name"))
        # ruleid: python-command-injection
        os.system("show " + self.get_query_argument("name"))
        # ruleid: python-command-injection
        os.system(self.request.body)
        # ruleid: python-command-injection
        os.system("show " + name)
        # ok: python-command-injection
        os.system("show " + self.settings["name"])


class Socket(tornado.websocket.WebSocketHandler):
    def on_message(self, message):
        # ruleid: python-command-injection
        os.system(message)


def pyramid_view(request):
    # ruleid: python-command-injection
    os.system("show " + request.matchdict["name"])
    # ruleid: python-command-injection
    os.system("show " + request.params["name"])
    # ruleid: python-command-injection
    os.system("show " + request.json_body["name"])


@route("/show/<name>")
def bottle_view(name):
    # ruleid: python-command-injection
    os.system("show " + name)
    # ruleid: python-command-injection
    os.system("show " + bottle.request.query.name)
    # ruleid: python-command-injection
    os.system("show " + bottle.request.forms.get("name"))


@bottle.get("/number/<number:int>")
def bottle_number(number):
    # ok: python-command-injection
    os.system(f"show {number}")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        # ruleid: python-command-injection
        os.system("show " + self.path)
        # ruleid: python-command-injection
        os.system("show " + self.headers["X"])

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        # ruleid: python-command-injection
        os.system(body.decode())


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        # ruleid: python-command-injection
        os.system(self.request.recv(1024))


def application(environ, start_response):
    # ruleid: python-command-injection
    os.system("show " + environ["QUERY_STRING"])
    # ok: python-command-injection
    os.system("show " + environ["SHELL"])


def lambda_handler(event, context):
    # ruleid: python-command-injection
    os.system("show " + event["queryStringParameters"]["name"])
    # ok: python-command-injection
    os.system("show " + event["source"])


class Job:
    def get(self, name):
        # ok: python-command-injection
        os.system("show " + self.path)
        # ok: python-command-injection
        os.system("show " + name)


class Runner(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        # ruleid: python-command-injection
        os.system("report " + self.path[1:])
        # ruleid: python-command-injection
        os.system("report " + self.path[1:20])


def on_upload(event, context):
    for record in event["Records"]:
        # ruleid: python-command-injection
        os.system("convert " + record["s3"]["object"]["key"])
