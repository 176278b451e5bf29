import cgitb
import traceback
from traceback import format_exc

from django.http import HttpResponse
from flask import jsonify


@app.errorhandler(Exception)
def failed(error):
    # ruleid: python-traceback-to-client
    return traceback.format_exc(), 500


@app.route("/a")
def a():
    try:
        save()
    except Exception:
        # ruleid: python-traceback-to-client
        return jsonify({"error": format_exc()}), 500


def view(request):
    # ruleid: python-traceback-to-client
    return HttpResponse(traceback.format_exc(), status=500)


# ruleid: python-traceback-to-client
cgitb.enable()
# ok: python-traceback-to-client
cgitb.enable(display=0, logdir="/var/log/app")


@app.route("/b")
def b():
    try:
        save()
    except Exception:
        # ok: python-traceback-to-client
        logger.error(traceback.format_exc())
        # ok: python-traceback-to-client
        return "failed", 500


def report():
    # ok: python-traceback-to-client
    return traceback.format_exc()
