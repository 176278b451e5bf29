import ldap
from flask import request
from ldap3 import Connection
from ldap3.utils.conv import escape_filter_chars


@app.route("/login", methods=["POST"])
def login():
    user = request.form["user"]
    # ruleid: python-ldap-injection
    conn.search(BASE, f"(uid={user})")
    # ruleid: python-ldap-injection
    server.search_s(BASE, ldap.SCOPE_SUBTREE, "(uid=%s)" % user)
    # ruleid: python-ldap-injection
    conn.search(search_base=BASE, search_filter="(&(uid=" + user + ")(active=1))")
    # ok: python-ldap-injection
    conn.search(BASE, f"(uid={escape_filter_chars(user)})")
    # ok: python-ldap-injection
    conn.search(BASE, "(objectClass=person)")
    # ok: python-ldap-injection
    server.search_s(BASE, ldap.SCOPE_SUBTREE, ldap.filter.filter_format("(uid=%s)", [user]))
    # ok: python-ldap-injection
    pattern.search(text, user)


def bases(request):
    user = request.GET["user"]
    # ruleid: python-ldap-injection
    directory.search_s(f"ou={user},dc=x", ldap.SCOPE_SUBTREE, "(uid=x)")
    server = ldap3.Connection("host")
    # ruleid: python-ldap-injection
    server.search("dc=x", "(uid=" + user + ")")
    # ruleid: python-ldap-injection
    server.search(f"ou={user},dc=x", "(uid=x)")
    # ruleid: python-ldap-injection
    server.search(search_base=f"ou={user},dc=x", search_filter="(uid=x)")
    with ldap3.Connection("host") as opened:
        # ruleid: python-ldap-injection
        opened.search("dc=x", f"(uid={user})")
    # ok: python-ldap-injection
    server.search("dc=x", "(uid=%s)" % escape_filter_chars(user))


def every_form(request):
    # ruleid: python-ldap-injection
    conn.search_st(base, scope, request.GET["q"])
    # ruleid: python-ldap-injection
    conn.search_ext(base, scope, request.GET["q"])
    # ruleid: python-ldap-injection
    conn.search_ext_s(base, scope, request.GET["q"])
    # ruleid: python-ldap-injection
    conn.paged_search(search_filter=request.GET["q"])
    # ruleid: python-ldap-injection
    conn.search_ext_s(filterstr=request.GET["q"])
    # ruleid: python-ldap-injection
    conn.search_s(filterstr=request.GET["q"])


def log_in(request):
    name = "uid=%s,ou=people" % request.POST["user"]
    # ruleid: python-ldap-injection
    directory.simple_bind_s(name, request.POST["password"])
    # ruleid: python-ldap-injection
    directory.simple_bind(name, request.POST["password"])
    # ruleid: python-ldap-injection
    ldap3.Connection(server, user=name, password=request.POST["password"])
    # ok: python-ldap-injection
    directory.simple_bind_s("uid=%s,ou=people" % escape_dn_chars(request.POST["user"]), request.POST["password"])
