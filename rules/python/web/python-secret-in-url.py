import httpx
import requests

# ruleid: python-secret-in-url
requests.get(f"https://api.example.com/me?token={token}")
# ruleid: python-secret-in-url
httpx.post("https://api.example.com/me?x=1&access_token=" + token)
# ruleid: python-secret-in-url
session.get(f"{BASE}/me?password={password}&x=1")
# ok: python-secret-in-url
requests.get("https://api.example.com/me", headers={"Authorization": f"Bearer {token}"})
# ok: python-secret-in-url
requests.get(f"https://api.example.com/me?page={page}")
# ok: python-secret-in-url
requests.get("https://api.example.com/me?token=none")
# ok: python-secret-in-url
logger.info(f"https://api.example.com/tokens/{token}")


def every_form(request):
    # ruleid: python-secret-in-url
    urllib.request.urlopen(f"?accesstoken={a}")
    # ruleid: python-secret-in-url
    urllib.request.Request(f"?accesstoken={a}")
