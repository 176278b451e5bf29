import tempfile
from pathlib import Path

# ruleid: python-hardcoded-tmp-path
a = open("/tmp/report.csv", "w")
# ruleid: python-hardcoded-tmp-path
b = open("/var/tmp/state.json", mode="a", encoding="utf-8")
# ruleid: python-hardcoded-tmp-path
c = Path("/tmp/log.txt").open("wb")

# ok: python-hardcoded-tmp-path
d = open("/tmp/report.csv")
# ok: python-hardcoded-tmp-path
e = open("/srv/tmp/report.csv", "w")
# ok: python-hardcoded-tmp-path
f = tempfile.NamedTemporaryFile("w")
# ok: python-hardcoded-tmp-path
g = open("report.csv", "w")


def named(name):
    # ruleid: python-hardcoded-tmp-path
    open("/tmp/" + name, "w")
    # ruleid: python-hardcoded-tmp-path
    open(f"/tmp/{name}.txt", mode="a")
    # ruleid: python-hardcoded-tmp-path
    open(os.path.join("/tmp", name), "wb")
    # ok: python-hardcoded-tmp-path
    open(os.path.join(folder, "tmp", name), "wb")


def more_forms(request):
    # ruleid: python-hardcoded-tmp-path
    io.open("/tmp/out", "w")
