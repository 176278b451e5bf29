import hmac
import json
import pickle
import pickle as p
from pickle import Unpickler, loads

import cloudpickle
import pandas as pd


def read(message, path, key, signature):
    # ruleid: python-pickle-load
    a = pickle.loads(message)
    with open(path, "rb") as stream:
        # ruleid: python-pickle-load
        b = p.load(stream, encoding="latin1")
        # ruleid: python-pickle-load
        c = Unpickler(stream).load()
    # ruleid: python-pickle-load
    d = loads(message)
    # ruleid: python-pickle-load
    e = pd.read_pickle(path)
    # ok: python-pickle-load
    f = json.loads(message)
    # ok: python-pickle-load
    g = pickle.loads(pickle.dumps(a))
    # ok: python-pickle-load
    h = cloudpickle.loads(cloudpickle.dumps(a))
    # ok: python-pickle-load
    i = pickle.dumps(a)
    return a, b, c, d, e, f, g, h, i


def read_signed(message, key, signature):
    if not hmac.compare_digest(hmac.digest(key, message, "sha256"), signature):
        raise ValueError("bad signature")
    # ok: python-pickle-load
    return pickle.loads(message)


def every_form(request):
    # ruleid: python-pickle-load
    _pickle.load()
    # ruleid: python-pickle-load
    cPickle.load()
    # ruleid: python-pickle-load
    cloudpickle.load()
    # ruleid: python-pickle-load
    dill.load()
