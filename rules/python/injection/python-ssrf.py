from fastapi import FastAPI
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from urllib.parse import urlparse
import http.client
import urllib3
import urllib.request
from urllib.parse import quote

import httpx
import requests
from flask import request
from sqlmodel import SQLModel


@app.route("/fetch")
def fetch():
    url = request.args["url"]
    # ruleid: python-ssrf
    first = requests.get(url, timeout=5)
    # ruleid: python-ssrf
    second = urllib.request.urlopen("http://" + url)
    # ruleid: python-ssrf
    third = httpx.post(f"http://{url}/hook", json={})
    # ok: python-ssrf
    fourth = requests.get("https://api.example.org/items/" + quote(url), timeout=5)
    # ok: python-ssrf
    fifth = requests.get(f"https://api.example.org/items/{url}", timeout=5)
    # ok: python-ssrf
    sixth = requests.get("https://api.example.org/items", params={"q": url}, timeout=5)
    # ok: python-ssrf
    seventh = requests.post("https://api.example.org/items", json={"q": url}, timeout=5)
    # ok: python-ssrf
    eighth = cache.get(url)
    return first.text


def view(request):
    host = request.GET["host"]
    if host not in HOSTS:
        raise ValueError(host)
    # ok: python-ssrf
    return requests.get(f"https://{host}/status", timeout=5)


def with_session(request):
    session = requests.Session()
    # ruleid: python-ssrf
    return session.get(request.GET["u"]).text


async def with_client(request):
    target = request.query["target"]
    async with httpx.AsyncClient() as client:
        # ruleid: python-ssrf
        answer = await client.get(f"https://{target}/")
        # ok: python-ssrf
        status = await client.get("https://api.example.org/status")
    async with aiohttp.ClientSession() as session:
        # ruleid: python-ssrf
        async with session.get(target) as response:
            return await response.text()


def more(request):
    host = request.GET["host"]
    # ruleid: python-ssrf
    connection = http.client.HTTPSConnection(host)
    # ruleid: python-ssrf
    urllib3.PoolManager().request("GET", host)
    # ok: python-ssrf
    http.client.HTTPSConnection("api.example.com")


class Hook(BaseModel):
    url: HttpUrl


@api.post("/hook")
async def hook(body: Hook):
    async with httpx.AsyncClient() as client:
        # ruleid: python-ssrf
        await client.post(str(body.url))


class Row(SQLModel):
    url: str


@api.put("/row")
def row(body: Row):
    # ruleid: python-ssrf
    requests.get(body.url, timeout=5)


def host_checked(request):
    url = request.GET["url"]
    if urlparse(url).hostname not in KNOWN:
        raise ValueError(url)
    # ok: python-ssrf
    return requests.get(url, timeout=5)


def host_named(request):
    url = request.GET["url"]
    host = urlparse(url).hostname
    if host not in KNOWN:
        raise ValueError(url)
    # ok: python-ssrf
    return requests.get(url, timeout=5)


def parts_named(request):
    url = request.GET["url"]
    parts = urlparse(url)
    if parts.netloc not in KNOWN:
        raise ValueError(url)
    # ok: python-ssrf
    return requests.get(url, timeout=5)


class Proxy(RequestHandler):
    async def get(self):
        # ruleid: python-ssrf
        await AsyncHTTPClient().fetch(self.get_argument("url"))
        client = AsyncHTTPClient()
        # ruleid: python-ssrf
        await client.fetch(self.get_argument("url"))
        # ruleid: python-ssrf
        await client.fetch(HTTPRequest(self.get_argument("url")))


def every_form(request):
    # ruleid: python-ssrf
    requests.get(url=request.GET["q"])
    # ruleid: python-ssrf
    requests.Session().get(request.GET["q"])
    # ruleid: python-ssrf
    httpx.get(url=request.GET["q"])
    # ruleid: python-ssrf
    aiohttp.ClientSession().get(request.GET["q"])
    # ruleid: python-ssrf
    requests.request(method, url=request.GET["q"])
    # ruleid: python-ssrf
    httpx.stream(method, request.GET["q"])
    # ruleid: python-ssrf
    urllib.request.urlopen(url=request.GET["q"])
    # ruleid: python-ssrf
    urllib.urlopen(request.GET["q"])
    # ruleid: python-ssrf
    urllib2.urlopen(request.GET["q"])
    # ruleid: python-ssrf
    urllib3.request(method, request.GET["q"])
    # ruleid: python-ssrf
    http.client.HTTPConnection(request.GET["q"])
    # ruleid: python-ssrf
    curl.setopt(object.URL, request.GET["q"])
    # ruleid: python-ssrf
    wget.download(request.GET["q"])
    # ruleid: python-ssrf
    requests.request(method, request.GET["q"])
    # ruleid: python-ssrf
    httpx.request(method, request.GET["q"])
    # ruleid: python-ssrf
    urllib.request.Request(request.GET["q"])
    # ruleid: python-ssrf
    urllib.request.urlretrieve(request.GET["q"])
    # ruleid: python-ssrf
    pool.request("POST", request.GET["q"])


def by_client(request):
    client = httpx.Client()
    # ruleid: python-ssrf
    client.get(url=request.GET["q"])
    # ruleid: python-ssrf
    socket.create_connection((request.GET["q"], 80))


def cleaned(request):
    # ok: python-ssrf
    requests.get("https://api.example.org/" + request.GET["q"])
    # ok: python-ssrf
    requests.get("https://api.example.org/{}".format(request.GET["q"]))
    # ok: python-ssrf
    requests.get("https://api.example.org/%s" % request.GET["q"])
    # ok: python-ssrf
    requests.get(ipaddress.ip_address(request.GET["q"]))


def by_session(request):
    first = requests.Session()
    # ruleid: python-ssrf
    first.get(request.GET["q"])
    second = requests.session()
    # ruleid: python-ssrf
    second.get(request.GET["q"])


import feedparser
import pandas as pd
import websocket
import websockets
from playwright.async_api import async_playwright
from selenium import webdriver


async def screenshot(request):
    # ruleid: python-ssrf
    await page.goto(request.GET["url"])
    # ok: python-ssrf
    await page.goto(f"{settings.SITE}/{request.GET['page']}")
    driver = webdriver.Chrome()
    # ruleid: python-ssrf
    driver.get(request.GET["url"])
    # ok: python-ssrf
    driver.get("https://example.com/" + request.GET["page"])


def imported(request):
    # ruleid: python-ssrf
    table = pd.read_csv(request.GET["url"])
    # ruleid: python-ssrf
    feed = feedparser.parse(request.GET["feed"])
    # ruleid: python-ssrf
    websocket.create_connection(request.GET["socket"])
    # ruleid: python-ssrf
    return websockets.connect(request.GET["socket"])


def of_a_known_host(request):
    # ok: python-ssrf
    requests.get(settings.API + "/items/" + request.GET["item"], timeout=5)
    # ok: python-ssrf
    requests.get(API_URL + request.GET["item"], timeout=5)
    # ok: python-ssrf
    requests.get(f"{settings.API}/items/{request.GET['item']}", timeout=5)
    # ruleid: python-ssrf
    requests.get(f"{request.GET['base']}/items", timeout=5)


def of_a_client_with_a_base(request):
    client = httpx.Client(base_url=API_URL)
    # ok: python-ssrf
    client.get("/items/" + request.GET["item"])
    # ok: python-ssrf
    client.get(f"/items/{request.GET['item']}")
    # ruleid: python-ssrf
    client.get("//" + request.GET["item"])


class Forwarded(tornado.web.RequestHandler):
    def get(self):
        forwarded = tornado.httpclient.HTTPRequest(URL, headers=self.request.headers)
        client = tornado.httpclient.AsyncHTTPClient()
        # ok: python-ssrf
        client.fetch(forwarded)
        # ruleid: python-ssrf
        client.fetch(self.get_argument("url"))


def begins_with_a_host(request):
    address = request.GET["address"]
    # ruleid: python-ssrf
    requests.get(address, timeout=5)
    if not address.startswith("https://api.example.com/"):
        return None
    # ok: python-ssrf
    return requests.get(address, timeout=5)
