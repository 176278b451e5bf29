import os
from os import chmod
from pathlib import Path

# ruleid: python-world-writable-permissions
os.chmod(path, 0o700)
# ruleid: python-world-writable-permissions
chmod(path, mode=0o600)
# ruleid: python-world-writable-permissions
Path(path).chmod(0o700)

# ok: python-world-writable-permissions
os.chmod(path, 0o700)
# ok: python-world-writable-permissions
os.chmod(path, 0o755)
# ok: python-world-writable-permissions
os.chmod(path, 0o644)
# ok: python-world-writable-permissions
os.chmod(path, mode)
# ok: python-world-writable-permissions
os.chmod(path, 0o1770)


def more_forms(request):
    # ruleid: python-world-writable-permissions
    os.fchmod(descriptor, 0o700)
    # ruleid: python-world-writable-permissions
    os.lchmod(path, 0o700)
    # ruleid: python-world-writable-permissions
    path.chmod(mode=0o700)


def folders():
    # ruleid: python-world-writable-permissions
    os.mkdir("/srv/app", 0o700)
    # ruleid: python-world-writable-permissions
    os.makedirs("/srv/app/more", 0o700)
    # ruleid: python-world-writable-permissions
    os.makedirs("/srv/app/more", mode=0o700, exist_ok=True)
    # ok: python-world-writable-permissions
    os.makedirs("/srv/app/own", mode=0o700)


# ruleid: python-world-writable-permissions
FILE_UPLOAD_PERMISSIONS = 0o666
# ok: python-world-writable-permissions
FILE_UPLOAD_PERMISSIONS = 0o640
