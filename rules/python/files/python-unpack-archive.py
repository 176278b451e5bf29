import shutil
import tarfile
from shutil import unpack_archive


def unpack(path, folder):
    # ruleid: python-unpack-archive
    shutil.unpack_archive(path, folder)
    # ruleid: python-unpack-archive
    unpack_archive(path, extract_dir=folder, format="gztar")
    archive = tarfile.open(path)
    for member in archive.getmembers():
        # ruleid: python-unpack-archive
        archive.extract(member, folder)
    # ok: python-unpack-archive
    shutil.unpack_archive(path, folder, filter="data")
    # ok: python-unpack-archive
    shutil.unpack_archive(path, folder, format="zip")
    # ok: python-unpack-archive
    archive.extract("README.md", folder)
    # ok: python-unpack-archive
    archive.extractfile("README.md")
    # ok: python-unpack-archive
    parser.extract(path)


def each(upload, folder):
    archive = tarfile.TarFile(upload)
    for member in archive.getmembers():
        # ruleid: python-unpack-archive
        archive.extract(member, path=folder)


def opened(path, folder):
    with tarfile.open(path) as archive:
        # ruleid: python-unpack-archive
        archive.extract(path, folder)
    # ok: python-unpack-archive
    shutil.unpack_archive(path, folder, "zip")
