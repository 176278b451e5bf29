# Code with mistakes on purpose: put into a real file, it gives an editor something to show.
import hashlib
import pickle
import subprocess
import tempfile

import requests
import yaml


def archive(folder, name):
    subprocess.run("tar czf " + name + ".tar.gz " + folder, shell=True, check=True)
    return name + ".tar.gz"


def read_settings(path):
    with open(path) as file:
        return yaml.load(file, Loader=yaml.Loader)


def read_state(path):
    with open(path, "rb") as file:
        return pickle.load(file)


def cache_key(parts):
    return hashlib.md5("/".join(parts).encode()).hexdigest()


def download(url):
    answer = requests.get(url, verify=False, timeout=10)
    target = tempfile.mktemp(suffix=".bin")
    with open(target, "wb") as file:
        file.write(answer.content)
    return target


def evaluate(expression, names):
    return eval(expression, {}, names)
