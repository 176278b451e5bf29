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
