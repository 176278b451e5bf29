import tarfile
import zipfile
from tarfile import open as open_tar


def unpack(path, target):
    # ruleid: python-tarfile-extract-all
    tarfile.open(path).extractall(target)
    with tarfile.open(path) as tar:
        # ruleid: python-tarfile-extract-all
        tar.extractall(path=target)
    archive = open_tar(path, "r:gz")
    # ruleid: python-tarfile-extract-all
    archive.extractall()
    # ok: python-tarfile-extract-all
    archive.extractall(target, filter="data")
    # ok: python-tarfile-extract-all
    archive.extractall(target, members=checked(archive))
    # ok: python-tarfile-extract-all
    archive.extractfile("a.txt")
    with zipfile.ZipFile(path) as zipped:
        # ok: python-tarfile-extract-all
        zipped.extractall(target)


def unpack_all(path, target):
    with tarfile.open(path) as tar:
        # ruleid: python-tarfile-extract-all
        tar.extractall(path=target, members=tar.getmembers())


def every_form(request):
    # ruleid: python-tarfile-extract-all
    tarfile.TarFile.tar().extractall()


def by_class(path, target, given: tarfile.TarFile):
    archive = tarfile.TarFile(path)
    # ruleid: python-tarfile-extract-all
    archive.extractall(target)
    with tarfile.TarFile(path) as opened:
        # ruleid: python-tarfile-extract-all
        opened.extractall(target)
    # ruleid: python-tarfile-extract-all
    given.extractall(target)
