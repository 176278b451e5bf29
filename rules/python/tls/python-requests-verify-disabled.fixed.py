import httpx
import requests
import requests as http
from requests import post

# ruleid: python-requests-verify-disabled
requests.get(url)
# ruleid: python-requests-verify-disabled
post(url, json=body, timeout=5)
# ruleid: python-requests-verify-disabled
client = httpx.Client()
session = http.Session()
# ruleid: python-requests-verify-disabled
session.get(url)

# ok: python-requests-verify-disabled
requests.get(url)
# ok: python-requests-verify-disabled
requests.get(url, verify=True)
# ok: python-requests-verify-disabled
requests.get(url, verify="/etc/ssl/our-ca.pem")
# ok: python-requests-verify-disabled
httpx.get(url, verify=context)
# ok: python-requests-verify-disabled
document.save(path, verify=False)


def by_options(url):
    options = {"timeout": 3, "verify": False}
    # ruleid: python-requests-verify-disabled
    requests.get(url, **options)
    # ruleid: python-requests-verify-disabled
    httpx.get(url, **options)
    checked = {"timeout": 3, "verify": "/etc/ssl/our-ca.pem"}
    # ok: python-requests-verify-disabled
    requests.get(url, **checked)


def every_form(request):
    # ruleid: python-requests-verify-disabled
    requests.Session().call()
