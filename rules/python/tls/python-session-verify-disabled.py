import requests


class Client:
    def __init__(self):
        self.session = requests.Session()
        # ruleid: python-session-verify-disabled
        self.session.verify = False


def fetch(url):
    with requests.Session() as s:
        # ruleid: python-session-verify-disabled
        s.verify = False
        return s.get(url)


def build():
    http = requests.session()
    # ruleid: python-session-verify-disabled
    http.verify = False
    # ok: python-session-verify-disabled
    http.verify = True
    # ok: python-session-verify-disabled
    http.verify = "/etc/ssl/our-ca.pem"
    # ok: python-session-verify-disabled
    http.trust_env = False
    # ok: python-session-verify-disabled
    checksum.verify = False
