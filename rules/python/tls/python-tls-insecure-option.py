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
