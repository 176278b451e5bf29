import yaml
import yaml as y
from yaml import UnsafeLoader, load

# ruleid: python-yaml-unsafe-load
a = yaml.load(stream)
# ruleid: python-yaml-unsafe-load
b = y.load(stream, Loader=y.Loader)
# ruleid: python-yaml-unsafe-load
c = load(stream, UnsafeLoader)
# ruleid: python-yaml-unsafe-load
d = yaml.unsafe_load(stream)
# ruleid: python-yaml-unsafe-load
e = yaml.load_all(Loader=yaml.UnsafeLoader, stream=stream)

# ok: python-yaml-unsafe-load
f = yaml.safe_load(stream)
# ok: python-yaml-unsafe-load
g = yaml.load(stream, Loader=yaml.SafeLoader)
# ok: python-yaml-unsafe-load
h = yaml.load(stream, yaml.CSafeLoader)
# ok: python-yaml-unsafe-load
i = yaml.load(stream, Loader=OurSafeLoader)
# ok: python-yaml-unsafe-load
j = other.load(stream)


def with_ruamel(stream):
    yaml = YAML(typ="safe")
    # ok: python-yaml-unsafe-load
    return yaml.load(stream)

import ruamel.yaml

# ruleid: python-yaml-unsafe-load
reader = ruamel.yaml.YAML(typ="unsafe")
# ok: python-yaml-unsafe-load
safe_reader = ruamel.yaml.YAML(typ="safe")


def every_form(request):
    # ruleid: python-yaml-unsafe-load
    yaml.load(stream=doc)
    # ruleid: python-yaml-unsafe-load
    yaml.load(yaml.Loader)
    # ruleid: python-yaml-unsafe-load
    yaml.load(yaml.CLoader)
    # ruleid: python-yaml-unsafe-load
    yaml.load(Loader=yaml.CLoader)
    # ruleid: python-yaml-unsafe-load
    yaml.load(Loader=yaml.loader.Loader)
    # ruleid: python-yaml-unsafe-load
    yaml.load(Loader=yaml.loader.UnsafeLoader)
