from django.utils.safestring import mark_safe
from flask import Markup as FlaskMarkup
from markupsafe import Markup, escape

# ruleid: python-markup-built
a = Markup(f"<b>{name}</b>")
# ruleid: python-markup-built
b = mark_safe("<b>%s</b>" % name)
# ruleid: python-markup-built
c = FlaskMarkup("<b>{}</b>".format(name))

# ok: python-markup-built
d = Markup("<b>%s</b>") % name
# ok: python-markup-built
e = Markup("<hr>")
# ok: python-markup-built
f = mark_safe(render(page))
# ok: python-markup-built
g = Markup(f"<b>{escape(name)}</b>")
# ok: python-markup-built
h = report.Markup(f"<b>{name}</b>")

# ruleid: python-markup-built
i = mark_safe("<b>" + user.name + "</b>")


def bold(text):
    # ruleid: python-markup-built
    return mark_safe(text)


# ok: python-markup-built
j = Markup("<b>" + escape(name) + "</b>")


def old(text):
    # ruleid: python-markup-built
    return jinja2.Markup("<b>" + text)
