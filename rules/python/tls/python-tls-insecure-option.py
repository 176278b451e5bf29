import boto3
import ldap
import pycurl
from OpenSSL import SSL

# ruleid: python-tls-insecure-option
client.tls_insecure_set(True)
# ruleid: python-tls-insecure-option
curl.setopt(pycurl.SSL_VERIFYPEER, 0)
# ruleid: python-tls-insecure-option
ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_NEVER)
# ruleid: python-tls-insecure-option
context.set_verify(SSL.VERIFY_NONE, callback)
# ruleid: python-tls-insecure-option
boto3.client("s3", verify=False)
# ruleid: python-tls-insecure-option
configuration.verify_ssl = False
# ok: python-tls-insecure-option
client.tls_insecure_set(False)
# ok: python-tls-insecure-option
curl.setopt(pycurl.SSL_VERIFYPEER, 1)
# ok: python-tls-insecure-option
ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)
# ok: python-tls-insecure-option
context.set_verify(SSL.VERIFY_PEER, callback)
# ok: python-tls-insecure-option
boto3.client("s3")


def every_form(request):
    # ruleid: python-tls-insecure-option
    client.tls_set(cert_reqs=ssl.CERT_NONE)
    # ruleid: python-tls-insecure-option
    curl.setopt(pycurl.SSL_VERIFYPEER, False)
    # ruleid: python-tls-insecure-option
    curl.setopt(pycurl.SSL_VERIFYHOST, 0)
    # ruleid: python-tls-insecure-option
    curl.setopt(pycurl.SSL_VERIFYHOST, False)
    # ruleid: python-tls-insecure-option
    ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_ALLOW)
    # ruleid: python-tls-insecure-option
    ldap3.Tls(validate=ssl.CERT_NONE)
    # ruleid: python-tls-insecure-option
    OpenSSL.SSL.Context().set_verify(OpenSSL.SSL.VERIFY_NONE)
    # ruleid: python-tls-insecure-option
    docker.tls.TLSConfig(verify=False)
    # ruleid: python-tls-insecure-option
    tornado.httpclient.HTTPRequest(validate_cert=False)
    # ruleid: python-tls-insecure-option
    client.fetch(validate_cert=False)
    # ruleid: python-tls-insecure-option
    boto3.resource(verify=False)
    # ruleid: python-tls-insecure-option
    boto3.client(use_ssl=False)
    # ruleid: python-tls-insecure-option
    boto3.resource(use_ssl=False)
    # ruleid: python-tls-insecure-option
    httplib2.Http(disable_ssl_certificate_validation=True)


def without_certificates():
    import os
    import ssl

    import websocket

    # ruleid: python-tls-insecure-option
    websocket.create_connection("wss://example.com", sslopt={"cert_reqs": ssl.CERT_NONE})
    # ok: python-tls-insecure-option
    websocket.create_connection("wss://example.com", sslopt={"cert_reqs": ssl.CERT_REQUIRED})
    # ruleid: python-tls-insecure-option
    os.environ["PYTHONHTTPSVERIFY"] = "0"


def run_without_certificates(connection):
    # ruleid: python-tls-insecure-option
    connection.run_forever(sslopt={"cert_reqs": ssl.CERT_NONE})
