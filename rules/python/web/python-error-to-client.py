from django.http import HttpResponse, JsonResponse
from fastapi import HTTPException
from flask import jsonify


@app.route("/a")
def a():
    try:
        save()
    except Exception as error:
        # ruleid: python-error-to-client
        return str(error), 500


@app.post("/b")
def b():
    try:
        save()
    except Exception as e:
        logger.exception("cannot save")
        # ruleid: python-error-to-client
        return jsonify({"error": str(e)}), 500


def view(request):
    try:
        save()
    except Exception as error:
        # ruleid: python-error-to-client
        return JsonResponse({"ok": False, "error": str(error)}, status=500)


@router.get("/c")
async def c():
    try:
        save()
    except Exception as error:
        # ruleid: python-error-to-client
        raise HTTPException(status_code=500, detail=str(error))


@app.route("/d")
def d():
    try:
        save()
    except ValidationError as error:
        # ok: python-error-to-client
        return str(error), 400
    except Exception as error:
        logger.error("cannot save: %s", error)
        # ok: python-error-to-client
        return "cannot save", 500


def helper():
    try:
        save()
    except Exception as error:
        # ok: python-error-to-client
        return str(error)


def fine(request):
    try:
        save()
    except Exception:
        # ok: python-error-to-client
        return HttpResponse("cannot save", status=500)


@app.route("/forms")
def forms(kind):
    try:
        work()
    except Exception as error:
        if kind == 1:
            # ruleid: python-error-to-client
            return f"failed: {error}", 500
        if kind == 2:
            # ruleid: python-error-to-client
            return flask.jsonify(message=str(error))
        if kind == 3:
            # ruleid: python-error-to-client
            return flask.jsonify(message=str(error)), 500
        if kind == 4:
            # ruleid: python-error-to-client
            return flask.jsonify({"message": str(error)})
        if kind == 5:
            # ruleid: python-error-to-client
            return repr(error), 500
        if kind == 6:
            # ruleid: python-error-to-client
            return str(error)
        # ruleid: python-error-to-client
        return {"message": str(error)}, 500


def django_view(request):
    try:
        work()
    except Exception as error:
        # ruleid: python-error-to-client
        first = django.http.HttpResponse(f"failed: {error}")
        # ruleid: python-error-to-client
        second = django.http.HttpResponse(str(error), status=500)
        # ruleid: python-error-to-client
        third = django.http.HttpResponseBadRequest(str(error))
        # ruleid: python-error-to-client
        fourth = django.http.HttpResponseServerError(str(error))
        # ruleid: python-error-to-client
        raise fastapi.HTTPException(500, str(error))


def of_rest_framework(request):
    from rest_framework.response import Response

    try:
        return Response(read())
    except OSError as error:
        # ruleid: python-error-to-client
        return Response({"error": str(error)}, status=500)
    except Exception as error:
        log(error)
        # ok: python-error-to-client
        return Response({"error": "cannot be read"}, status=500)
