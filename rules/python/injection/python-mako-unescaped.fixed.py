from mako.lookup import TemplateLookup
from mako.template import Template
import mako.template

# ruleid: python-mako-unescaped
page = Template(filename="page.html", default_filters=["h"])
# ruleid: python-mako-unescaped
lookup = TemplateLookup(directories=["templates"], default_filters=["h"])
# ruleid: python-mako-unescaped
page = mako.template.Template("Hello ${name}", default_filters=["h"])
# ok: python-mako-unescaped
page = Template(filename="page.html", default_filters=["h"])
# ok: python-mako-unescaped
lookup = TemplateLookup(directories=["templates"], default_filters=["decode.utf8", "h"])
# ok: python-mako-unescaped
page = Template(filename="page.html", lookup=lookup)
# ok: python-mako-unescaped
page = string.Template("Hello ${name}")
