from flask import Flask, request
from flask_cors import CORS

app = Flask(__name__)
# ruleid: python-cors-reflected-origin
CORS(app, resources={r"/*": {"origins": "*"}}, supports_credentials=True)
# ruleid: python-cors-reflected-origin
CORS(app, supports_credentials=True)
# ruleid: python-cors-reflected-origin
CORS_ALLOW_ALL_ORIGINS = True


@app.after_request
def allow(response):
    # ruleid: python-cors-reflected-origin
    response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin")
    if request.headers.get("Origin") in ORIGINS:
        origin = ORIGINS[request.headers["Origin"]]
        # ok: python-cors-reflected-origin
        response.headers["Access-Control-Allow-Origin"] = origin
    # ok: python-cors-reflected-origin
    response.headers["Access-Control-Allow-Origin"] = "https://shop.example.org"
    return response


# ok: python-cors-reflected-origin
CORS(app)
# ok: python-cors-reflected-origin
CORS(app, origins=["https://shop.example.org"], supports_credentials=True)
# ok: python-cors-reflected-origin
CORS_ALLOW_ALL_ORIGINS = False


def every_form(request):
    # ruleid: python-cors-reflected-origin
    CORS_ORIGIN_ALLOW_ALL = True


def more_forms(request):
    # ruleid: python-cors-reflected-origin
    response.headers.add("Access-Control-Allow-Origin", request.headers["Origin"])
    # ruleid: python-cors-reflected-origin
    self.send_header("Access-Control-Allow-Origin", request.headers["Origin"])
