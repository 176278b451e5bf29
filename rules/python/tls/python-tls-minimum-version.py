import ssl
from ssl import TLSVersion

# ruleid: python-tls-minimum-version
context.minimum_version = ssl.TLSVersion.TLSv1
# ruleid: python-tls-minimum-version
self.context.minimum_version = TLSVersion.TLSv1_1
# ruleid: python-tls-minimum-version
context.minimum_version = ssl.TLSVersion.SSLv3

# ok: python-tls-minimum-version
context.minimum_version = ssl.TLSVersion.TLSv1_2
# ok: python-tls-minimum-version
context.minimum_version = TLSVersion.TLSv1_3
# ok: python-tls-minimum-version
context.maximum_version = ssl.TLSVersion.TLSv1_2
# ok: python-tls-minimum-version
context.minimum_version = version
