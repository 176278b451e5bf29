import shelve
import shelve as s
from shelve import open as open_shelf

# ruleid: python-shelve-open
a = shelve.open("state")
# ruleid: python-shelve-open
b = s.open(filename=path, flag="r")
# ruleid: python-shelve-open
c = open_shelf(path)

# ok: python-shelve-open
d = open(path)
# ok: python-shelve-open
e = dbm.open(path, "c")
# ok: python-shelve-open
f = shelve.Shelf({})
# ok: python-shelve-open
g = library.shelve.close(path)


def every_form(request):
    # ruleid: python-shelve-open
    shelve.DbfilenameShelf(path)
    # ruleid: python-shelve-open
    shelve.Shelf(path)
