import ruamel.yaml
from ruamel.yaml import YAML

# ruleid: python-ruamel-unsafe
yaml = YAML(typ="unsafe")
# ruleid: python-ruamel-unsafe
data = ruamel.yaml.YAML(typ="unsafe", pure=True).load(text)
# ruleid: python-ruamel-unsafe
data = ruamel.yaml.load(text, Loader=ruamel.yaml.UnsafeLoader)
# ok: python-ruamel-unsafe
yaml = YAML(typ="safe")
# ok: python-ruamel-unsafe
yaml = YAML()
# ok: python-ruamel-unsafe
data = ruamel.yaml.load(text, Loader=ruamel.yaml.SafeLoader)
# ok: python-ruamel-unsafe
yaml = YAML(typ="rt")


def every_form(request):
    # ruleid: python-ruamel-unsafe
    ruamel.yaml.load(text, ruamel.yaml.Loader)
