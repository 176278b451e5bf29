import ssl
from ssl import CERT_NONE, create_default_context


def client(path):
    context = ssl.create_default_context()
    # ruleid: python-ssl-verification-off
    context.check_hostname = False
    # ruleid: python-ssl-verification-off
    context.verify_mode = ssl.CERT_NONE
    other = create_default_context()
    # ruleid: python-ssl-verification-off
    other.verify_mode = CERT_NONE
    # ok: python-ssl-verification-off
    other.verify_mode = ssl.CERT_REQUIRED
    # ok: python-ssl-verification-off
    other.check_hostname = True
    # ok: python-ssl-verification-off
    other.check_hostname = check
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # ok: python-ssl-verification-off
    server.verify_mode = ssl.CERT_NONE


class Context(Base):
    def __init__(self):
        # ok: python-ssl-verification-off
        self.check_hostname = False
