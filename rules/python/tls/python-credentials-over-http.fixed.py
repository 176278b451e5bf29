import httpx
import requests

URL = "http://api.example.com/me"

# ruleid: python-credentials-over-http
requests.get("https://api.example.com/me", auth=(user, password))
# ruleid: python-credentials-over-http
httpx.post("https://api.example.com/me", headers={"Accept": "*/*", "Authorization": f"Bearer {token}"})
# ruleid: python-credentials-over-http
session.post(f"https://{host}.example.com/login", json={"user": user, "password": password})
# ok: python-credentials-over-http
requests.get("https://api.example.com/me", auth=(user, password))
# ok: python-credentials-over-http
requests.get("http://localhost:8000/me", auth=(user, password))
# ok: python-credentials-over-http
requests.get("http://api.example.com/public")
# ok: python-credentials-over-http
requests.get("http://backend:8000/me", auth=(user, password))


def more_forms(request):
    # ruleid: python-credentials-over-http
    requests.post("https://api.example.org", data={"user": "x", "password": password})
    # ruleid: python-credentials-over-http
    requests.get("https://api.example.org", headers={"X-API-Key": key})
    # ruleid: python-credentials-over-http
    requests.get(url="https://api.example.org", auth=("user", password))
    # ruleid: python-credentials-over-http
    urllib.request.Request("https://api.example.org", headers={"Authorization": token})
