import os
import tarfile
import zipfile
from pathlib import Path


def unpack(path, folder):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            # ruleid: python-archive-member-path
            with open(os.path.join(folder, name), "wb") as file:
                file.write(archive.read(name))


def unpack_members(path, folder):
    archive = zipfile.ZipFile(path)
    for member in archive.infolist():
        target = Path(folder) / member.filename
        # ruleid: python-archive-member-path
        with open(target, "wb") as file:
            file.write(archive.read(member))
    tar = tarfile.open(path)
    for member in tar.getmembers():
        # ruleid: python-archive-member-path
        os.makedirs(os.path.join(folder, member.name))


def quiet(path, folder):
    archive = zipfile.ZipFile(path)
    for name in archive.namelist():
        # ok: python-archive-member-path
        with open(os.path.join(folder, os.path.basename(name)), "wb") as file:
            file.write(archive.read(name))
    for name in archive.namelist():
        target = os.path.realpath(os.path.join(folder, name))
        if not target.startswith(folder + os.sep):
            raise ValueError(name)
        # ok: python-archive-member-path
        with open(target, "wb") as file:
            file.write(archive.read(name))
    for name in archive.namelist():
        # ok: python-archive-member-path
        text = archive.read(name)
    for entry in os.listdir(folder):
        # ok: python-archive-member-path
        open(os.path.join(folder, entry))


def of_tar(archive: tarfile.TarFile, folder, data):
    for name in archive.getnames():
        # ruleid: python-archive-member-path
        io.open(os.path.join(folder, name))
        # ruleid: python-archive-member-path
        (folder / name).open("wb")
        # ruleid: python-archive-member-path
        (folder / name).write_bytes(data)
        # ruleid: python-archive-member-path
        pathlib.Path(name).write_bytes(data)
        # ok: python-archive-member-path
        (folder / pathlib.Path(name).name).write_bytes(data)
        # ok: python-archive-member-path
        (folder / sanitized_name(name)).write_bytes(data)
        # ok: python-archive-member-path
        open(digest(archive.read(name)), "wb")


def with_paths(source):
    import pathlib
    import zipfile

    with zipfile.ZipFile(source) as archive:
        for name in archive.namelist():
            target = pathlib.Path("/data") / name
            # ruleid: python-archive-member-path
            target.write_bytes(archive.read(name))
        for name in archive.namelist():
            target = (pathlib.Path("/data") / name).resolve()
            if target.is_relative_to("/data"):
                # ok: python-archive-member-path
                target.write_bytes(archive.read(name))
