import ssl

import urllib3
from urllib3 import HTTPSConnectionPool

# ruleid: python-urllib3-tls-disabled
a = urllib3.PoolManager(cert_reqs="CERT_NONE")
# ruleid: python-urllib3-tls-disabled
b = urllib3.PoolManager(10, cert_reqs=ssl.CERT_NONE)
# ruleid: python-urllib3-tls-disabled
c = HTTPSConnectionPool("example.org", cert_reqs="CERT_NONE")

# ok: python-urllib3-tls-disabled
d = urllib3.PoolManager()
# ok: python-urllib3-tls-disabled
e = urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs=path)
# ok: python-urllib3-tls-disabled
f = urllib3.PoolManager(cert_reqs=ssl.CERT_REQUIRED)
# ok: python-urllib3-tls-disabled
g = Settings(cert_reqs="CERT_NONE")


def every_form(request):
    # ruleid: python-urllib3-tls-disabled
    urllib3.pool(cert_reqs="NONE")
