import base64
import json
import pickle

import jsonpickle
import yaml
from flask import request


@app.route("/state")
def state():
    cookie = request.cookies.get("state")
    # ruleid: python-request-deserialization
    first = pickle.loads(base64.b64decode(cookie))
    # ruleid: python-request-deserialization
    second = jsonpickle.decode(request.get_data())
    # ruleid: python-request-deserialization
    third = yaml.load(request.files["config"].read(), Loader=yaml.Loader)
    # ok: python-request-deserialization
    fourth = yaml.load(request.files["config"].read(), Loader=yaml.SafeLoader)
    # ok: python-request-deserialization
    fifth = yaml.safe_load(request.data)
    # ok: python-request-deserialization
    sixth = json.loads(cookie)
    # ok: python-request-deserialization
    seventh = pickle.loads(STORED)
    # ok: python-request-deserialization
    eighth = pickle.loads(signer.unsign(cookie))
    return first


def view(request):
    # ruleid: python-request-deserialization
    return pickle.load(request.FILES["model"])


def full(request):
    # ruleid: python-request-deserialization
    yaml.load(request.body, yaml.FullLoader)
    # ruleid: python-request-deserialization
    yaml.load_all(request.body, Loader=yaml.CLoader)
    # ok: python-request-deserialization
    yaml.load_all(request.body, Loader=yaml.CSafeLoader)


def every_form(request):
    # ruleid: python-request-deserialization
    _pickle.load(request.GET["q"])
    # ruleid: python-request-deserialization
    dill.load(request.GET["q"])
    # ruleid: python-request-deserialization
    cloudpickle.load(request.GET["q"])
    # ruleid: python-request-deserialization
    marshal.load(request.GET["q"])
    # ruleid: python-request-deserialization
    joblib.load(request.GET["q"])
    # ruleid: python-request-deserialization
    shelve.open(request.GET["q"])
    # ruleid: python-request-deserialization
    pandas.read_pickle(request.GET["q"])
    # ruleid: python-request-deserialization
    torch.load(request.GET["q"])
    # ruleid: python-request-deserialization
    pickle5.loads(request.GET["q"])
    # ruleid: python-request-deserialization
    jsonpickle.loads(request.GET["q"])
    # ruleid: python-request-deserialization
    numpy.load(request.GET["q"], allow_pickle=True)
    # ruleid: python-request-deserialization
    ruamel.yaml.YAML(typ="unsafe").load(request.GET["q"])
    # ruleid: python-request-deserialization
    yaml.unsafe_load(request.GET["q"])
    # ruleid: python-request-deserialization
    yaml.unsafe_load_all(request.GET["q"])
    # ruleid: python-request-deserialization
    yaml.load(request.GET["q"])


def signed(request, mac):
    data = request.body
    if not hmac.compare_digest(mac, data):
        raise ValueError("not ours")
    # ok: python-request-deserialization
    return pickle.loads(data)


def weights(request):
    # ok: python-request-deserialization
    torch.load(request.FILES["model"], weights_only=True)
    # ruleid: python-request-deserialization
    torch.load(request.FILES["model"])
