import ssl
from ssl import wrap_socket


def connect(sock, host, key):
    # ruleid: python-ssl-wrap-socket
    ssl.wrap_socket(sock)
    # ruleid: python-ssl-wrap-socket
    wrap_socket(sock, keyfile=key)
    # ruleid: python-ssl-wrap-socket
    ssl.wrap_socket(sock, cert_reqs=ssl.CERT_NONE)
    # ok: python-ssl-wrap-socket
    ssl.wrap_socket(sock, cert_reqs=ssl.CERT_REQUIRED, ca_certs="ca.pem")
    # ok: python-ssl-wrap-socket
    ssl.wrap_socket(sock, server_side=True, certfile="server.pem")
    # ok: python-ssl-wrap-socket
    ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    # ok: python-ssl-wrap-socket
    context.wrap_socket(sock)
