import json
import xml.etree.ElementTree as ET
from xml.dom import minidom
from xml.sax import parseString

import defusedxml.ElementTree as DET
from flask import request


@app.route("/order", methods=["POST"])
def order():
    body = request.get_data()
    # ruleid: python-xml-from-request
    tree = ET.fromstring(body)
    # ruleid: python-xml-from-request
    dom = minidom.parseString(body)
    # ruleid: python-xml-from-request
    parseString(request.files["order"].read(), handler)
    # ok: python-xml-from-request
    safe = DET.fromstring(body)
    # ok: python-xml-from-request
    local = ET.parse("defaults.xml")
    # ok: python-xml-from-request
    data = json.loads(body)
    # ok: python-xml-from-request
    text = ET.tostring(tree)
    return text


def more_forms(request):
    # ruleid: python-xml-from-request
    xml.dom.expatbuilder.parseString(request.body)
    # ruleid: python-xml-from-request
    xml.dom.pulldom.parseString(request.body)
    # ruleid: python-xml-from-request
    xml.etree.cElementTree.fromstring(request.body)


def by_lxml(request):
    # ruleid: python-xml-from-request
    return lxml.etree.fromstring(request.body)
