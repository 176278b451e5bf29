import os
from multiprocessing.connection import Client, Listener
from multiprocessing.managers import BaseManager

# ruleid: python-multiprocessing-authkey
listener = Listener(("0.0.0.0", 6000))
# ruleid: python-multiprocessing-authkey
client = Client(("worker", 6000), authkey=b"secret")
# ruleid: python-multiprocessing-authkey
manager = BaseManager(address=("", 50000), authkey=b"abracadabra")
# ok: python-multiprocessing-authkey
listener = Listener(("localhost", 6000), authkey=os.environb[b"AUTHKEY"])
# ok: python-multiprocessing-authkey
listener = Listener(path, family="AF_UNIX")
# ok: python-multiprocessing-authkey
manager = BaseManager(address=("", 50000), authkey=key)
# ok: python-multiprocessing-authkey
listener = Listener("/run/app.sock")


def every_form(request):
    # ruleid: python-multiprocessing-authkey
    multiprocessing.connection.Client()
