import re

# ruleid: python-catastrophic-regex
WORDS = re.compile(r"^(\w+\s?)*$")
# ruleid: python-catastrophic-regex
MAIL = re.compile(r"^([a-zA-Z0-9]+)+@example$")


def check(text):
    # ruleid: python-catastrophic-regex
    if re.match("(a+)+b", text):
        return True
    # ruleid: python-catastrophic-regex
    return re.search(r"(?:\d+)*x", text)


def quiet(text):
    # ok: python-catastrophic-regex
    re.match(r"^\w+(\s\w+)*$", text)
    # ok: python-catastrophic-regex
    re.match(r"(ab+c)+x", text)
    # ok: python-catastrophic-regex
    re.match(r"[a-z]+@[a-z]+", text)
    # ok: python-catastrophic-regex
    re.match(r"(\d+,)+$", text)


def more_forms(request):
    # ruleid: python-catastrophic-regex
    regex.compile(r"^(\w+)+$x")


def lists(text):
    # ruleid: python-catastrophic-regex
    re.match(r"^(.*,)*x$", text)
    # ok: python-catastrophic-regex
    re.match(r"^(?:.*\n)*x$", text)
    # ok: python-catastrophic-regex
    re.match(r"^([^,]*,)*x$", text)


def choices(text):
    # ruleid: python-catastrophic-regex
    re.match(r"^(a|aa)+$", text)
    # ruleid: python-catastrophic-regex
    re.match(r"^(\d|\d\d)+$", text)
    # ruleid: python-catastrophic-regex
    re.match("(x+x+)+y", text)
    # ok: python-catastrophic-regex
    re.match(r"^(a|b)+$", text)
    # ok: python-catastrophic-regex
    re.match(r"^(\d|[a-z])+$", text)
    # ok: python-catastrophic-regex
    re.match(r"^(x+y+)+$", text)
