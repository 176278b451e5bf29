import jinja2
from jinja2 import Environment, select_autoescape

# ruleid: python-jinja2-autoescape-off
a = jinja2.Environment(loader=loader, autoescape=jinja2.select_autoescape())
# ruleid: python-jinja2-autoescape-off
b = Environment(autoescape=select_autoescape())
# ruleid: python-jinja2-autoescape-off
c = Environment(autoescape=select_autoescape())

# ok: python-jinja2-autoescape-off
d = Environment(loader=loader, autoescape=select_autoescape())
# ok: python-jinja2-autoescape-off
e = jinja2.Environment(autoescape=True)
# ok: python-jinja2-autoescape-off
f = Environment(autoescape=escape_html)
# ok: python-jinja2-autoescape-off
g = Environment(block_start_string="<%", variable_start_string="<<")
# ok: python-jinja2-autoescape-off
h = environs.Environment()
# ok: python-jinja2-autoescape-off
i = Environment(**options)


def every_form(request):
    # ruleid: python-jinja2-autoescape-off
    jinja2.sandbox.SandboxedEnvironment(autoescape=select_autoescape())
