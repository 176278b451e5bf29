import xml.dom.minidom
import xml.etree.ElementTree as ET
from xml.dom.minidom import parseString

import defusedxml.ElementTree
from lxml import etree

FEED = load_feed()


def read(data, path, handler):
    # ruleid: python-xml-stdlib-parser
    root = ET.fromstring(data)
    # ruleid: python-xml-stdlib-parser
    tree = ET.parse(path)
    # ruleid: python-xml-stdlib-parser
    document = parseString(data)
    # ruleid: python-xml-stdlib-parser
    other = etree.parse(path)


def quiet(data, path, parser):
    # ok: python-xml-stdlib-parser
    safe = defusedxml.ElementTree.fromstring(data)
    # ok: python-xml-stdlib-parser
    constant = ET.fromstring("<a><b/></a>")
    # ok: python-xml-stdlib-parser
    strict = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    # ok: python-xml-stdlib-parser
    bundled = ET.parse(os.path.join(os.path.dirname(__file__), "menu.xml"))
    # ok: python-xml-stdlib-parser
    printed = xml.dom.minidom.parseString(ET.tostring(tree))
    # ok: python-xml-stdlib-parser
    fixed = ET.fromstring(FEED)


def more_forms(request):
    # ruleid: python-xml-stdlib-parser
    xml.dom.pulldom.parseString(request)
    # ruleid: python-xml-stdlib-parser
    xml.etree.cElementTree.fromstring(request)
    # ruleid: python-xml-stdlib-parser
    xml.sax.parseString(request, handler)
