import os
import uuid

import flask
from flask import Flask, request as req
from flask.views import MethodView
from flask_restful import Resource, reqparse
from werkzeug.datastructures import FileStorage

app = Flask(__name__)
COMMANDS = {"up": "uptime", "who": "who"}
parser = reqparse.RequestParser()


@app.route("/parts")
def parts():
    # ruleid: python-command-injection
    os.system("echo " + flask.request.args["a"])
    # ruleid: python-command-injection
    os.system("echo " + req.form.get("a", ""))
    # ruleid: python-command-injection
    os.system("echo " + req.values["a"])
    # ruleid: python-command-injection
    os.system("echo %s" % req.cookies.get("a"))
    # ruleid: python-command-injection
    os.system("echo {}".format(req.headers["User-Agent"]))
    # ruleid: python-command-injection
    os.system(f"echo {req.get_json()['a']}")
    # ruleid: python-command-injection
    os.system(req.json.get("a"))
    # ruleid: python-command-injection
    os.system(req.data.decode())
    # ruleid: python-command-injection
    os.system(req.files["f"].filename)
    # ruleid: python-command-injection
    os.system(req.view_args["a"])
    # ok: python-command-injection
    os.system("echo " + req.method)


@app.route("/collected")
def collected():
    words = ["echo"]
    for word in req.args.getlist("word"):
        words.append(word)
    # ruleid: python-command-injection
    os.system(" ".join(words))
    command = COMMANDS[req.args["a"]]
    # ok: python-command-injection
    os.system(command)
    # ok: python-command-injection
    os.system(COMMANDS.get(req.args["a"], "uptime"))
    # ok: python-command-injection
    os.system(f"kill {uuid.UUID(req.args['a'])}")
    # ok: python-command-injection
    os.system("kill %d" % req.args.get("pid", type=int))


@app.get("/ping/<host>/<int:count>")
def ping(host, count):
    # ruleid: python-command-injection
    os.system(f"ping {host}")
    # ok: python-command-injection
    os.system(f"ping -c {count} localhost")
    if not host.isalnum():
        flask.abort(400)
    # ok: python-command-injection
    os.system(f"ping {host}")


@app.route("/number/<int:number>")
def number(number):
    # ok: python-command-injection
    os.system(f"seq {number}")


class Host(MethodView):
    def get(self, name):
        # ruleid: python-command-injection
        os.system("host " + name)

    def delete(self, host_id):
        # ok: python-command-injection
        os.system(f"rm {host_id}")


class Api(Resource):
    def post(self, name: str):
        arguments = parser.parse_args()
        # ok: python-command-injection
        os.system("true")
        # ruleid: python-command-injection
        os.system("host " + name)


def helper(name):
    # ok: python-command-injection
    os.system("host " + name)


@app.route("/shown/", defaults={"name": "all"})
@app.route("/shown/<path:name>")
def shown(name="all"):
    # ruleid: python-command-injection
    os.system("show " + name)


def shortened():
    name = request.args["name"]
    # ruleid: python-command-injection
    os.system("touch " + name[2:-1])
    # ruleid: python-command-injection
    os.system("touch " + request.args["name"][:64])
    # ruleid: python-command-injection
    os.system("touch " + name[:8])
    # ruleid: python-command-injection
    os.system("touch " + name[1:])
    # ruleid: python-command-injection
    os.system("touch " + request.args["name"][1:])
    # ruleid: python-command-injection
    os.system("touch " + request.args["name"][1:64])
    title = request.args.get("title", "")
    # ruleid: python-command-injection
    os.system("touch " + title[:64])
    # ruleid: python-command-injection
    os.system("touch " + request.args.get("title", "")[1:])
    # ruleid: python-command-injection
    os.system("touch " + request.args.get("title", "")[:64])
    # ruleid: python-command-injection
    os.system("touch " + request.args.get("title", "")[1:64])
    # ok: python-command-injection
    os.system("touch " + NAMES[:64])


def guarded():
    name, host = request.args["name"], request.args["host"]
    if not name or len(name) > 64 or not is_valid_name(name):
        return "bad name"
    # ok: python-command-injection
    os.system("touch " + name)
    if host and HOST.fullmatch(host):
        # ok: python-command-injection
        os.system("ping -c1 " + host)
    zone = request.args["zone"]
    if zone and zone.isalnum():
        # ok: python-command-injection
        os.system("zone " + zone)
    address = ipaddress.ip_address(request.args["address"])
    # ok: python-command-injection
    os.system(f"ping -c1 {address}")
    service = request.args["service"]
    if not service or not service.isidentifier():
        return "bad service"
    # ok: python-command-injection
    os.system("restart " + service)


def guarded_by_another():
    name = request.args["name"]
    if name and is_valid_name(user.name):
        # ruleid: python-command-injection
        os.system("touch " + name)
