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


def every_form(request):
    # ruleid: python-traceback-to-client
    django.http.HttpResponseServerError(traceback.format_exc())
    # ruleid: python-traceback-to-client
    django.http.JsonResponse({key: traceback.format_exc()})
    # ruleid: python-traceback-to-client
    flask.make_response(traceback.format_exc())
    # ruleid: python-traceback-to-client
    flask.Response(traceback.format_exc())
    # ruleid: python-traceback-to-client
    starlette.responses.PlainTextResponse(traceback.format_exc())
    # ruleid: python-traceback-to-client
    fastapi.HTTPException(detail=traceback.format_exc())
    # ruleid: python-traceback-to-client
    aiohttp.web.Response(text=traceback.format_exc())
    # ruleid: python-traceback-to-client
    cgitb.enable(display=1)


@app.route("/forms")
def forms(kind):
    try:
        work()
    except Exception:
        if kind == 1:
            # ruleid: python-traceback-to-client
            return f"failed: {traceback.format_exc()}", 500
        if kind == 2:
            # ruleid: python-traceback-to-client
            return flask.jsonify(message=traceback.format_exc())
        if kind == 3:
            # ruleid: python-traceback-to-client
            return traceback.format_exc()
        # ruleid: python-traceback-to-client
        return {"message": traceback.format_exc()}
