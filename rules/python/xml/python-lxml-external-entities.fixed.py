import lxml.etree
from lxml import etree
from lxml.etree import XMLParser

# ruleid: python-lxml-external-entities
a = etree.XMLParser(resolve_entities=False, no_network=True)
# ruleid: python-lxml-external-entities
b = lxml.etree.XMLParser(no_network=True, resolve_entities=False)
# ruleid: python-lxml-external-entities
c = XMLParser(load_dtd=False, resolve_entities=False, no_network=True)

# ok: python-lxml-external-entities
d = etree.XMLParser(resolve_entities=False, no_network=True)
# ok: python-lxml-external-entities
e = etree.XMLParser(remove_blank_text=True)
# ok: python-lxml-external-entities
f = etree.XMLParser(load_dtd=True, resolve_entities=False)
# ok: python-lxml-external-entities
g = etree.HTMLParser(no_network=False)


def every_form(request):
    # ruleid: python-lxml-external-entities
    lxml.etree.iterparse(resolve_entities=False, no_network=True)
