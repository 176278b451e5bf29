import ssl

import urllib3

context = ssl.create_default_context()
# ruleid: python-weak-tls-ciphers
context.set_ciphers("ALL:@SECLEVEL=0")
# ruleid: python-weak-tls-ciphers
context.set_ciphers("DEFAULT:RC4-SHA:DES-CBC3-SHA")
# ruleid: python-weak-tls-ciphers
urllib3.util.ssl_.DEFAULT_CIPHERS += ":DES"
CIPHERS = "aNULL"
# ruleid: python-weak-tls-ciphers
context.set_ciphers(CIPHERS)
# ok: python-weak-tls-ciphers
context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!MD5:!RC4")
# ok: python-weak-tls-ciphers
context.set_ciphers("HIGH:!aNULL")
# ok: python-weak-tls-ciphers
context.set_ciphers(settings.CIPHERS)
# ok: python-weak-tls-ciphers
context.set_ciphers("DEFAULT")


def more_forms(request):
    # ruleid: python-weak-tls-ciphers
    requests.packages.urllib3.util.ssl_.DEFAULT_CIPHERS += ":RC4-SHA"
    # ruleid: python-weak-tls-ciphers
    requests.packages.urllib3.util.ssl_.DEFAULT_CIPHERS = "ALL:RC4-SHA"
    # ruleid: python-weak-tls-ciphers
    urllib3.util.ssl_.DEFAULT_CIPHERS = "ALL:RC4-SHA"
    # ruleid: python-weak-tls-ciphers
    ssl.wrap_socket(connection, ciphers="RC4-SHA")
    # ruleid: python-weak-tls-ciphers
    urllib3.util.ssl_.create_urllib3_context(ciphers="RC4-SHA")
