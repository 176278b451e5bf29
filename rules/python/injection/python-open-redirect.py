from aiohttp import web
from pyramid.httpexceptions import HTTPFound
from urllib.parse import urlsplit

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from flask import redirect, request, url_for


@app.route("/login")
def login():
    # ruleid: python-open-redirect
    return redirect(request.args.get("next") or "/")


@app.route("/logout")
def logout():
    target = request.args["next"]
    if target == "profile":
        # ok: python-open-redirect
        return redirect(url_for("profile", user=target))
    # ok: python-open-redirect
    first = redirect("/users/" + target)
    # ok: python-open-redirect
    second = redirect(f"/users/{target}")
    # ok: python-open-redirect
    third = redirect("/")
    # ruleid: python-open-redirect
    return redirect(f"https://{target}/")


@app.route("/checked")
def checked():
    target = request.args["next"]
    # ok: python-open-redirect
    first = redirect(get_safe_redirect(target))
    if urlsplit(target).netloc:
        return "no"
    # ok: python-open-redirect
    return redirect(target)


def view(request):
    # ruleid: python-open-redirect
    return HttpResponseRedirect(request.POST["next"])


def safe_view(request):
    target = request.GET["next"]
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    # ok: python-open-redirect
    return HttpResponseRedirect(target)


def pyramid_view(request):
    # ruleid: python-open-redirect
    raise HTTPFound(location=request.params["next"])


def same_page(request):
    # ok: python-open-redirect
    return redirect(request.path)


@app.route("/host")
def host():
    # ruleid: python-open-redirect
    return redirect("//" + request.args["host"])


@app.route("/checked")
def checked():
    target = request.args.get("next", "/")
    if not is_safe_url(target):
        abort(400)
    # ok: python-open-redirect
    return redirect(target)


async def by_query(request):
    # ruleid: python-open-redirect
    raise web.HTTPFound(request.rel_url.query.get("next"))


def every_form(request):
    # ruleid: python-open-redirect
    werkzeug.utils.redirect(request.GET["q"])
    # ruleid: python-open-redirect
    django.shortcuts.redirect(request.GET["q"])
    # ruleid: python-open-redirect
    starlette.responses.RedirectResponse(request.GET["q"])
    # ruleid: python-open-redirect
    fastapi.responses.RedirectResponse(request.GET["q"])
    # ruleid: python-open-redirect
    starlette.responses.RedirectResponse(url=request.GET["q"])
    # ruleid: python-open-redirect
    fastapi.responses.RedirectResponse(url=request.GET["q"])
    # ruleid: python-open-redirect
    django.http.HttpResponsePermanentRedirect(request.GET["q"])
    # ruleid: python-open-redirect
    django.shortcuts.redirect(to=request.GET["q"])
    # ruleid: python-open-redirect
    flask.redirect(location=request.GET["q"])
    # ruleid: python-open-redirect
    quart.redirect(request.GET["q"])
    # ruleid: python-open-redirect
    bottle.redirect(request.GET["q"])
    # ruleid: python-open-redirect
    sanic.response.redirect(request.GET["q"])
    # ruleid: python-open-redirect
    pyramid.httpexceptions.HTTPFound(request.GET["q"])
    # ruleid: python-open-redirect
    falcon.HTTPFound(request.GET["q"])
    # ruleid: python-open-redirect
    aiohttp.web.HTTPSeeOther(request.GET["q"])
    # ruleid: python-open-redirect
    aiohttp.web.HTTPTemporaryRedirect(request.GET["q"])
    # ruleid: python-open-redirect
    aiohttp.web.HTTPMovedPermanently(request.GET["q"])
    # ruleid: python-open-redirect
    aiohttp.web.HTTPPermanentRedirect(request.GET["q"])


def guarded(request):
    target = request.GET.get("next")
    if target and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        # ok: python-open-redirect
        return redirect(target)
    if not target or urlsplit(target).netloc:
        target = "/"
    # ok: python-open-redirect
    return redirect(target)


def guarded_by_its_start(request):
    target = request.GET.get("next")
    if not target or not target.startswith("/"):
        target = "/"
    # ok: python-open-redirect
    return redirect(target)


def to_what_was_found(request):
    found = find(request.GET["query"])
    # ok: python-open-redirect
    HttpResponseRedirect(found.get_absolute_url())
    # ok: python-open-redirect
    HttpResponseRedirect(site_reverse("search", request.GET["query"]))
    # ruleid: python-open-redirect
    return HttpResponseRedirect(request.GET["query"])


def told_why(request):
    from pyramid.httpexceptions import HTTPBadRequest, HTTPTemporaryRedirect

    # ok: python-open-redirect
    HTTPBadRequest("no such place: %s" % request.GET["place"])
    # ruleid: python-open-redirect
    return HTTPTemporaryRedirect(request.GET["place"])
