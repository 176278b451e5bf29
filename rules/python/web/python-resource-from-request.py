import gzip
import time
import zlib

from flask import Flask, request

app = Flask(__name__)


@app.get("/slow")
def slow():
    # ruleid: python-resource-from-request
    time.sleep(int(request.args["delay"]))
    count = int(request.args["count"])
    # ruleid: python-resource-from-request
    text = "x" * count
    # ruleid: python-resource-from-request
    for _ in range(int(request.args["rounds"])):
        text += "y"
    # ruleid: python-resource-from-request
    return text + gzip.decompress(request.data).decode()


@app.get("/bounded")
def bounded():
    # ok: python-resource-from-request
    time.sleep(min(int(request.args["delay"]), 5))
    count = int(request.args["count"])
    if count > 1000:
        return "too many"
    # ok: python-resource-from-request
    text = "x" * count
    # ok: python-resource-from-request
    text += zlib.decompressobj().decompress(request.data, 100_000).decode()
    # ok: python-resource-from-request
    for name in request.args.values():
        text += name
    # ok: python-resource-from-request
    time.sleep(1)
    return text


@app.get("/more")
async def more():
    # ruleid: python-resource-from-request
    await asyncio.sleep(float(request.args["delay"]))
    # ruleid: python-resource-from-request
    buffer = bytearray(int(request.args["size"]))
    rounds = int(request.args["rounds"])
    # ruleid: python-resource-from-request
    for number in range(rounds):
        buffer += b"x"
    # ruleid: python-resource-from-request
    zlib.decompress(request.data)
    # ruleid: python-resource-from-request
    bz2.decompress(request.data)
    # ruleid: python-resource-from-request
    lzma.decompress(request.data)
    size = int(request.args["size"])
    if 0 <= size <= 100:
        # ok: python-resource-from-request
        return "x" * size
    number = int(request.args["number"])
    if number in (1, 2):
        # ok: python-resource-from-request
        return "x" * number
    return "x"


@app.get("/compared")
def compared():
    first = int(request.args["first"])
    if first >= 100:
        return "too many"
    # ok: python-resource-from-request
    text = "x" * first
    second = int(request.args["second"])
    if second < 100:
        # ok: python-resource-from-request
        text += "x" * second
    third = int(request.args["third"])
    if third <= 100:
        # ok: python-resource-from-request
        text += "x" * third
    fourth = int(request.args["fourth"])
    if fourth not in (1, 2):
        return "no"
    # ok: python-resource-from-request
    return text + "x" * fourth
