import shutil
import tarfile
import tempfile
import zipfile
from zipfile import ZipFile

from flask import request


def book():
    upload = request.files["book"]
    with zipfile.ZipFile(upload) as archive:
        # ruleid: python-archive-from-request
        archive.extractall("/srv/books")
    # ruleid: python-archive-from-request
    ZipFile(upload.stream).extractall(path="/srv/books")


def theme(request):
    archive = tarfile.open(fileobj=request.FILES["theme"])
    # ruleid: python-archive-from-request
    archive.extractall("/srv/themes", filter="data")


def plugin():
    upload = request.files["plugin"]
    path = "/srv/uploads/" + upload.filename
    # ruleid: python-archive-from-request
    shutil.unpack_archive(path, "/srv/plugins")


def checked():
    archive = zipfile.ZipFile(request.files["book"])
    if sum(entry.file_size for entry in archive.infolist()) > LIMIT:
        raise ValueError("too much")
    # ok: python-archive-from-request
    archive.extractall(tempfile.mkdtemp())


def own():
    # ok: python-archive-from-request
    ZipFile("themes.zip").extractall("/srv/themes")


def by_number():
    # ok: python-archive-from-request
    ZipFile(BOOKS / f"{int(request.args['book'])}.zip").extractall("/srv/books")


def listed():
    # ok: python-archive-from-request
    return ZipFile(request.files["book"]).namelist()
