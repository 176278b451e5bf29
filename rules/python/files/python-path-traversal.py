from django.contrib.staticfiles import finders
import os
import shutil
from pathlib import Path

from flask import request, send_file, send_from_directory
from werkzeug.utils import secure_filename


@app.route("/download/<name>")
def download(name):
    # ok: python-path-traversal
    first = send_from_directory(UPLOADS, name)
    # ok: python-path-traversal
    second = send_file(os.path.join(UPLOADS, secure_filename(name)))
    # ok: python-path-traversal
    third = open(os.path.join(UPLOADS, os.path.basename(name)))
    # ok: python-path-traversal
    fourth = open("static/index.html")
    # ruleid: python-path-traversal
    return send_file(os.path.join(UPLOADS, name))


@app.route("/read")
def read():
    path = Path(UPLOADS) / request.args["name"]
    # ruleid: python-path-traversal
    with open(path) as stream:
        return stream.read()


@app.route("/checked")
def checked():
    path = (UPLOADS / request.args["name"]).resolve()
    if not path.is_relative_to(UPLOADS):
        raise ValueError("outside")
    # ok: python-path-traversal
    return open(path).read()


@app.route("/upload", methods=["POST"])
def upload():
    upload = request.files["file"]
    # ruleid: python-path-traversal
    upload.save(os.path.join(UPLOADS, upload.filename))
    # ok: python-path-traversal
    upload.save(os.path.join(UPLOADS, secure_filename(upload.filename)))


def view(request):
    folder = "/srv/" + request.POST["folder"]
    # ruleid: python-path-traversal
    shutil.rmtree(folder)
    # ok: python-path-traversal
    Path("/srv/static").read_text()


@router.get("/file/{number}")
async def file(number: int):
    # ok: python-path-traversal
    return open(f"/srv/{number}.txt").read()


@router.post("/upload")
async def upload_file(file: UploadFile):
    # ruleid: python-path-traversal
    with open(os.path.join(UPLOADS, file.filename), "wb") as out:
        out.write(await file.read())


@app.route("/remove")
def remove():
    target = Path(UPLOADS) / request.args["name"]
    # ruleid: python-path-traversal
    target.unlink()
    upload = request.files["file"]
    # ruleid: python-path-traversal
    upload.save(f"{UPLOADS}/{upload.filename}")
    # ruleid: python-path-traversal
    send_from_directory(request.args["folder"], "a.txt")
    # ok: python-path-traversal
    send_from_directory(UPLOADS, request.args["name"])


@app.route("/store", methods=["POST"])
def store():
    upload = request.files["file"]
    path = os.path.join(UPLOADS, upload.filename)
    # ruleid: python-path-traversal
    upload.save(path)
    # ruleid: python-path-traversal
    os.makedirs(os.path.join(UPLOADS, request.form["folder"]))
    # ruleid: python-path-traversal
    shutil.copyfile(UPLOADS + "/" + request.form["name"], "copy")
    name = secure_filename(upload.filename)
    path = os.path.join(UPLOADS, name)
    # ok: python-path-traversal
    upload.save(path)


def joined(request):
    # ruleid: python-path-traversal
    Path("/srv").joinpath(request.GET["name"]).write_bytes(b"")
    # ruleid: python-path-traversal
    Path("/srv", request.GET["name"]).touch()
    path = BASE.joinpath(request.GET["name"])
    # ruleid: python-path-traversal
    path.unlink()
    # ruleid: python-path-traversal
    zipfile.ZipFile("themes.zip").extractall(request.GET["folder"])
    # ruleid: python-path-traversal
    archive.extractall(path=request.GET["folder"])
    # ruleid: python-path-traversal
    archive.extract("theme.css", request.GET["folder"])
    # ok: python-path-traversal
    shutil.copyfileobj(request.FILES["f"], out)
    # ok: python-path-traversal
    shutil.which(request.GET["tool"])


def every_form(request):
    # ruleid: python-path-traversal
    open(file=request.GET["q"])
    # ruleid: python-path-traversal
    codecs.open(request.GET["q"])
    # ruleid: python-path-traversal
    gzip.open(request.GET["q"])
    # ruleid: python-path-traversal
    tarfile.open(request.GET["q"])
    # ruleid: python-path-traversal
    linecache.getline(request.GET["q"])
    # ruleid: python-path-traversal
    aiofiles.open(request.GET["q"])
    # ruleid: python-path-traversal
    os.open(request.GET["q"])
    # ruleid: python-path-traversal
    os.remove(request.GET["q"])
    # ruleid: python-path-traversal
    os.unlink(request.GET["q"])
    # ruleid: python-path-traversal
    os.listdir(request.GET["q"])
    # ruleid: python-path-traversal
    os.scandir(request.GET["q"])
    # ruleid: python-path-traversal
    os.walk(request.GET["q"])
    # ruleid: python-path-traversal
    os.mkdir(request.GET["q"])
    # ruleid: python-path-traversal
    os.rmdir(request.GET["q"])
    # ruleid: python-path-traversal
    os.rename(request.GET["q"])
    # ruleid: python-path-traversal
    os.rename(any, request.GET["q"])
    # ruleid: python-path-traversal
    os.replace(any, request.GET["q"])
    # ruleid: python-path-traversal
    os.symlink(any, request.GET["q"])
    # ruleid: python-path-traversal
    os.startfile(request.GET["q"])
    # ruleid: python-path-traversal
    shutil.copy(any, request.GET["q"])
    # ruleid: python-path-traversal
    django.http.FileResponse(open(request.GET["q"]))
    # ruleid: python-path-traversal
    starlette.responses.FileResponse(request.GET["q"])
    # ruleid: python-path-traversal
    fastapi.responses.FileResponse(request.GET["q"])
    # ruleid: python-path-traversal
    aiohttp.web.FileResponse(request.GET["q"])
    # ruleid: python-path-traversal
    starlette.responses.FileResponse(path=request.GET["q"])
    # ruleid: python-path-traversal
    fastapi.responses.FileResponse(path=request.GET["q"])
    # ruleid: python-path-traversal
    flask.send_file(path_or_file=request.GET["q"])
    # ruleid: python-path-traversal
    flask.send_file(filename_or_fp=request.GET["q"])
    # ruleid: python-path-traversal
    django.http.FileResponse(request.GET["q"])
    # ruleid: python-path-traversal
    sanic.response.file(request.GET["q"])
    # ruleid: python-path-traversal
    bottle.static_file(root=request.GET["q"])
    # ruleid: python-path-traversal
    upload.save(folder / request.GET["q"])
    # ruleid: python-path-traversal
    (folder / request.GET["q"]).open()


def more_forms(request):
    # ruleid: python-path-traversal
    request.FILES["f"].save("/srv/" + request.GET["q"])
    # ruleid: python-path-traversal
    request.FILES["f"].save("/srv/%s" % request.GET["q"])
    # ruleid: python-path-traversal
    request.FILES["f"].save("/srv/{}".format(request.GET["q"]))


def cleaned(request):
    # ok: python-path-traversal
    open("/srv/" + request.GET["q"].replace("..", ""))


def named(request):
    first = f"/srv/{request.GET['q']}"
    # ruleid: python-path-traversal
    request.FILES["f"].save(first)
    second = "/srv/" + request.GET["q"]
    # ruleid: python-path-traversal
    request.FILES["f"].save(second)
    third = pathlib.Path(request.GET["q"])
    # ruleid: python-path-traversal
    third.unlink()


def named_by_the_server(request):
    upload = request.FILES["f"]
    # ok: python-path-traversal
    os.remove(upload.file.name)
    # ok: python-path-traversal
    open("/srv/" + upload.sha.hexdigest())
    # ok: python-path-traversal
    open(finders.find(request.GET["q"]))


def guarded(request):
    name = request.GET["name"]
    if not name or name.startswith("/") or ".." in name:
        raise Http404
    # ok: python-path-traversal
    return open("/srv/documents/" + name)


def guarded_before_it_is_opened(request):
    name = request.GET["name"]
    if ".." not in name:
        # ok: python-path-traversal
        return open("/srv/documents/" + name)


def of_a_stream(request):
    stream = app.streams.get(request.GET["stream"])
    key = request.GET["key"]
    kept = app.streams.get(key)
    # ok: python-path-traversal
    open(kept.file)
    values = json.loads(request.body)
    # ruleid: python-path-traversal
    open(values.get("file"))
    # ruleid: python-path-traversal
    open(values.get(key))


def stored(request):
    # ok: python-path-traversal
    default_storage.save(os.path.join("uploads", request.POST["name"]), content)
    # ruleid: python-path-traversal
    request.FILES["image"].save(os.path.join("uploads", request.POST["name"]))


def in_memory(request):
    import io

    import flask

    content = request.GET["content"].encode()
    # ok: python-path-traversal
    flask.send_file(io.BytesIO(content), as_attachment=True)


class Files(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        # ok: python-path-traversal
        open(self.translate_path(self.path), "rb")
        # ruleid: python-path-traversal
        open("." + self.path, "rb")


def under_a_parent(request):
    from fastapi.responses import FileResponse

    base = pathlib.Path("/srv")
    first = (base / request.GET["name"]).resolve()
    if base not in first.parents:
        return None
    # ok: python-path-traversal
    FileResponse(first)
    second = (base / request.GET["name"]).resolve()
    if base in second.parents:
        # ok: python-path-traversal
        FileResponse(second)
    third = base / request.GET["name"]
    # ruleid: python-path-traversal
    return FileResponse(third)
