import os

import requests

# ruleid: python-hardcoded-token
SECRET = "a8f5f167f44f4964e6c998dee827110c"
# ruleid: python-hardcoded-token
ENCRYPTION_KEY = "kX9vQ2mN7pR4sT1uW6yZ3bC8dF5gH0jL"
# ruleid: python-hardcoded-token
client = connect(aws_secret_access_key="Qm9vK3pLmQ8RtwJalrXUtnFEMIK7MDENGbPxRfiC")
settings = {
    "host": "api.internal",
    # ruleid: python-hardcoded-token
    "token": "c2VjcmV0LXRva2VuLTEyMjM0",
}


def call(token):
    # ruleid: python-hardcoded-token
    requests.get("https://api.internal", headers={"Authorization": "Bearer 9a8b7c6d5e4f3a2b1c0d9e8f"}, timeout=5)
    # ok: python-hardcoded-token
    requests.get("https://api.internal", headers={"Authorization": f"Bearer {token}"}, timeout=5)


# ok: python-hardcoded-token
TOKEN = os.environ["SERVICE_TOKEN"]
# ok: python-hardcoded-token
next_token = "<your-token>"
# ok: python-hardcoded-token
secret = "projects/app/secrets/db"
# ok: python-hardcoded-token
csrf_token = "csrfmiddlewaretoken"
# ok: python-hardcoded-token
token = "550e8400-e29b-41d4-a716-446655440000"
# ok: python-hardcoded-token
commit = "a8f5f167f44f4964e6c998dee827110c98dee827"
# ok: python-hardcoded-token
end_token = "STREAM-END-TOKEN"


# ok: python-hardcoded-token
answer = {"next_page_token": "eyJpbmRleCI6IDExfQ=="}
