import ssl
import ssl as tls
from ssl import create_default_context

# ruleid: python-ssl-unverified-context
context = ssl.create_default_context()
# ruleid: python-ssl-unverified-context
ssl._create_default_https_context = tls.create_default_context
# ruleid: python-ssl-unverified-context
other = create_default_context(cafile=path)

# ok: python-ssl-unverified-context
good = ssl.create_default_context()
# ok: python-ssl-unverified-context
with_ca = ssl.create_default_context(cafile=path)
# ok: python-ssl-unverified-context
named = create_unverified_context()
# ok: python-ssl-unverified-context
server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
