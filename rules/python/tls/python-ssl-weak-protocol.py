from OpenSSL import SSL
import ssl
import ssl as tls
from ssl import PROTOCOL_TLSv1_1, SSLContext

# ruleid: python-ssl-weak-protocol
a = ssl.SSLContext(ssl.PROTOCOL_TLSv1)
# ruleid: python-ssl-weak-protocol
b = tls.wrap_socket(sock, ssl_version=tls.PROTOCOL_SSLv3)
# ruleid: python-ssl-weak-protocol
c = SSLContext(PROTOCOL_TLSv1_1)

# ok: python-ssl-weak-protocol
d = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
# ok: python-ssl-weak-protocol
e = SSLContext(ssl.PROTOCOL_TLSv1_2)
# ok: python-ssl-weak-protocol
f = ssl.create_default_context()
# ok: python-ssl-weak-protocol
g = settings.PROTOCOL_TLSv1
# ok: python-ssl-weak-protocol
methods[ssl.PROTOCOL_SSLv3] = SSL.SSLv3_METHOD
# ok: python-ssl-weak-protocol
names = {ssl.PROTOCOL_TLSv1: "TLSv1"}


def of_openssl():
    # ruleid: python-ssl-weak-protocol
    SSL.Context(SSL.SSLv3_METHOD)
    # ok: python-ssl-weak-protocol
    SSL.Context(SSL.TLS_METHOD)
    # ok: python-ssl-weak-protocol
    VERSIONS[1] = SSL.TLSv1_METHOD


# ok: python-ssl-weak-protocol
METHODS = {"TLSv1.0": SSL.TLSv1_METHOD}


# ruleid: python-ssl-weak-protocol
def connected(host, version=ssl.PROTOCOL_SSLv3):
    return ssl.SSLContext(version)
