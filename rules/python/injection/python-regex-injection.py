import re
from re import compile as make

from flask import request


@app.route("/grep")
def grep():
    query = request.args["q"]
    # ruleid: python-regex-injection
    lines = [line for line in LINES if re.search(query, line)]
    # ruleid: python-regex-injection
    pattern = make("^" + query + "$")
    # ruleid: python-regex-injection
    text = re.sub(f"<{query}>", "", TEXT)
    # ok: python-regex-injection
    lines = re.findall(re.escape(query), TEXT)
    # ok: python-regex-injection
    words = re.split(r"\s+", query)
    # ok: python-regex-injection
    clean = re.sub("[^a-z]", "", query)
    # ok: python-regex-injection
    return str(PATTERN.match(query))


def every_form(request):
    # ruleid: python-regex-injection
    regex.compile(request.GET["q"])
