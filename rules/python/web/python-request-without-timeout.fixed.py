import requests
import requests as http
from requests import post

# ruleid: python-request-without-timeout
requests.get(url, timeout=10)
# ruleid: python-request-without-timeout
post(url, json=body, timeout=10)
# ruleid: python-request-without-timeout
http.request("GET", url, timeout=10)

# ok: python-request-without-timeout
requests.get(url, timeout=10)
# ok: python-request-without-timeout
requests.post(url, json=body, timeout=(3, 10))
# ok: python-request-without-timeout
requests.get(url, **options)
# ok: python-request-without-timeout
requests.Session()
# ok: python-request-without-timeout
client.get(url)

import httpx

# ruleid: python-request-without-timeout
httpx.get(url, timeout=10)
# ruleid: python-request-without-timeout
client = httpx.AsyncClient(timeout=None)
# ok: python-request-without-timeout
httpx.get(url)
# ok: python-request-without-timeout
client = httpx.Client(timeout=30)
