from xml.etree import ElementTree as ET

from flask import request
from lxml import etree

USERS = {"a": "alice"}
tree = etree.parse("users.xml")


@app.route("/user")
def user():
    name = request.args["name"]
    # ruleid: python-xpath-injection
    tree.xpath("//user[@name='" + name + "']")
    query = f"//user[@name='{name}']/email"
    # ruleid: python-xpath-injection
    tree.xpath(query, namespaces={})
    # ruleid: python-xpath-injection
    etree.XPath("//user[@name='%s']" % name)
    # ruleid: python-xpath-injection
    ET.parse("users.xml").getroot().findall(".//user[@name='{}']".format(name))
    # ok: python-xpath-injection
    tree.xpath("//user[@name=$name]", name=name)
    # ok: python-xpath-injection
    tree.xpath(f"//user[@id={int(request.args['id'])}]")
    # ok: python-xpath-injection
    tree.xpath(f"//user[@name='{USERS[name]}']")
    # ok: python-xpath-injection
    text.find(name)
    if not name.isalnum():
        abort(400)
    # ok: python-xpath-injection
    tree.xpath(f"//user[@name='{name}']")


def every_form(request):
    # ruleid: python-xpath-injection
    tree.xpath(_path=request.GET["q"])
    # ruleid: python-xpath-injection
    lxml.etree.ETXPath(request.GET["q"])
    # ruleid: python-xpath-injection
    elementpath.select(tree, request.GET["q"])
