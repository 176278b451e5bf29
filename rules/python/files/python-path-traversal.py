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
