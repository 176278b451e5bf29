import cherrypy
import asyncio
import os
import shlex
import subprocess
from subprocess import check_output as out

from flask import Flask, request

app = Flask(__name__)


@app.route("/ping")
def ping():
    host = request.args.get("host")
    # ruleid: python-command-injection
    os.system("ping -c1 " + host)
    # ruleid: python-command-injection
    out(f"ping -c1 {host}", shell=True)
    # ruleid: python-command-injection
    subprocess.run(["sh", "-c", "ping " + host], check=True)
    # ok: python-command-injection
    subprocess.run(["ping", "-c1", "--", host], check=True)
    # ok: python-command-injection
    os.system("ping -c1 " + shlex.quote(host))
    # ok: python-command-injection
    os.system("ping -c1 localhost")


@app.route("/whois/<name>")
def whois(name):
    # ruleid: python-command-injection
    return os.popen("whois %s" % name).read()


@app.get("/kill/<int:pid>")
def kill(pid: int):
    # ok: python-command-injection
    os.system("kill {}".format(pid))


def django_view(request, ssh):
    parts = ["git", "log"]
    parts.append(request.GET["rev"])
    # ruleid: python-command-injection
    ssh.exec_command(" ".join(parts))
    # ok: python-command-injection
    ssh.exec_command(shlex.join(parts))
    # ok: python-command-injection
    subprocess.run(parts)


async def handler(request):
    # ruleid: python-command-injection
    await asyncio.create_subprocess_shell("ls " + request.query_params["dir"])
    size = int(request.query_params["size"])
    # ok: python-command-injection
    await asyncio.create_subprocess_shell(f"head -c {size} /dev/urandom")


def allowed(request):
    action = request.POST["action"]
    if action not in ("start", "stop"):
        raise ValueError(action)
    # ok: python-command-injection
    os.system("service web " + action)


@app.route("/more")
def more():
    name = request.args["name"]
    # ruleid: python-command-injection
    subprocess.Popen(args=f"show {name}", shell=True)
    # ruleid: python-command-injection
    os.execl("/bin/sh", "sh", "-c", "show " + name)
    # ok: python-command-injection
    subprocess.Popen(args=["show", name])


def by_a_shell_of_a_list(request):
    host = request.GET["host"]
    command = ["/usr/bin/bash", "-c", f"dig {host}"]
    # ruleid: python-command-injection
    subprocess.run(command, check=True)
    arguments = ["dig", "--", host]
    # ok: python-command-injection
    subprocess.run(arguments, check=True)


async def typed(req: Request):
    # ruleid: python-command-injection
    os.system("ping " + req.query_params["host"])


class Host:
    def on_get(self, req, resp):
        # ruleid: python-command-injection
        os.system("ping " + req.get_param("host"))


class Page:
    @cherrypy.expose
    def index(self, name="x"):
        # ruleid: python-command-injection
        os.system("echo " + name)
        # ruleid: python-command-injection
        os.system("echo " + cherrypy.request.params["name"])


def settings(request):
    parser = configparser.ConfigParser()
    parser.set("a", "b", request.GET["name"])
    # ruleid: python-command-injection
    os.system("echo " + parser.get("a", "b"))


def every_form(request):
    # ruleid: python-command-injection
    subprocess.getoutput(request.GET["q"])
    # ruleid: python-command-injection
    subprocess.getstatusoutput(request.GET["q"])
    # ruleid: python-command-injection
    asyncio.subprocess.create_subprocess_shell(request.GET["q"])
    # ruleid: python-command-injection
    loop.subprocess_shell(protocol, request.GET["q"])
    # ruleid: python-command-injection
    pty.spawn(request.GET["q"])
    # ruleid: python-command-injection
    pexpect.run(request.GET["q"])
    # ruleid: python-command-injection
    pexpect.spawn(request.GET["q"])
    # ruleid: python-command-injection
    commands.getoutput(request.GET["q"])
    # ruleid: python-command-injection
    commands.getstatusoutput(request.GET["q"])
    # ruleid: python-command-injection
    invoke.run(request.GET["q"])
    # ruleid: python-command-injection
    fabric.Connection().run(request.GET["q"])
    # ruleid: python-command-injection
    os.execute(mode, file, "sh", "-c", request.GET["q"])
    # ruleid: python-command-injection
    asyncio.create_subprocess_exec("sh", "-c", request.GET["q"])


def more_forms(request):
    # ruleid: python-command-injection
    subprocess.Popen(request.GET["q"], shell=True)
    # ruleid: python-command-injection
    subprocess.call(request.GET["q"], shell=True)
    # ruleid: python-command-injection
    subprocess.check_call(request.GET["q"], shell=True)
    # ruleid: python-command-injection
    subprocess.run(request.GET["q"], shell=True)


async def every_source(request, serializer, form, self, upload: UploadFile = None):
    # ruleid: python-command-injection
    os.system(serializer.initial_data["q"])
    # ruleid: python-command-injection
    os.system(form.name.data)
    # ruleid: python-command-injection
    os.system(quart.request.args["q"])
    # ruleid: python-command-injection
    os.system((await self.request.json())["q"])
    # ruleid: python-command-injection
    os.system(await upload.read())
    # ruleid: python-command-injection
    os.system(self.kwargs.get("name"))
    # ruleid: python-command-injection
    os.system(self.path_kwargs["name"])
    # ruleid: python-command-injection
    os.system(cgi.FieldStorage()["q"].value)
    parser = reqparse.RequestParser()
    # ruleid: python-command-injection
    os.system(parser.parse_args()["q"])


def application(environ, start_response):
    # ruleid: python-command-injection
    os.system(environ.get("QUERY_STRING"))


def function(event, context):
    # ruleid: python-command-injection
    os.system(event.get("body"))


def typed_with_default(req: HttpRequest = None):
    # ruleid: python-command-injection
    os.system(req.GET["q"])


class Plain(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        # ruleid: python-command-injection
        os.system(self.requestline)


from shlex import quote as for_a_shell


def cleaned(request):
    # ok: python-command-injection
    os.system("ls " + for_a_shell(request.GET["q"]))
    # ok: python-command-injection
    os.system("ls " + str(request.GET.get("q", type=int)))


def number(request):
    # ok: python-command-injection
    os.system("sleep " + str(request.GET.get("q", type=float)))


from fabric import Connection


def restart(request):
    web = Connection("web1")
    # ruleid: python-command-injection
    web.run("systemctl restart " + request.GET["service"])
    # ok: python-command-injection
    web.run("systemctl restart app")
    with Connection("web2") as other:
        # ruleid: python-command-injection
        other.sudo("systemctl restart " + request.GET["service"])
    # ruleid: python-command-injection
    web.local("deploy " + request.GET["service"])


def in_a_thread(request):
    import threading

    # ruleid: python-command-injection
    threading.Thread(target=os.system, args=("ls " + request.GET["path"],)).start()
    # ok: python-command-injection
    threading.Thread(target=os.system, args=("ls",)).start()
    # ok: python-command-injection
    os.system("ls " + re.sub(r"[^a-z0-9]", "", request.GET["path"]))


def through_other_forms(request):
    import base64

    path = request.GET["path"]
    coded = base64.b64encode(path.encode())
    # ok: python-command-injection
    os.system("ls " + coded.decode())
    again = base64.b64encode(path.encode())
    decoded = base64.b64decode(again).decode()
    # ruleid: python-command-injection
    os.system("ls " + decoded)
    options = {}
    options.update(folder=path)
    # ruleid: python-command-injection
    os.system("ls " + options["folder"])
    kind = Kind(path)
    # ok: python-command-injection
    os.system("ls " + kind.value)


def of_a_table(request):
    programs = {"list": "ls", "date": "date"}
    # ok: python-command-injection
    os.system(programs.get(request.GET["program"], "true"))
    # ok: python-command-injection
    os.system(KNOWN_PROGRAMS.get(request.GET["program"]))


def of_a_gateway(app):
    # ruleid: python-command-injection
    os.system("ls " + app.current_request.query_params["path"])
    # ruleid: python-command-injection
    os.system("ls " + app.current_event.get_query_string_value("path"))


@router.get("/search")
def of_a_dependency(params: dict = Depends(common_parameters)):
    # ruleid: python-command-injection
    os.system("grep " + params["query"])


@router.get("/search/again")
def of_an_annotation(query: Annotated[Search, Depends()]):
    # ruleid: python-command-injection
    os.system("grep " + query.text)
