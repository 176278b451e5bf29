import ldap
from ldap3 import Connection

# ruleid: python-ldap-empty-password
connection.simple_bind_s(user, "")
# ruleid: python-ldap-empty-password
ldap.initialize(URL).simple_bind_s(f"uid={name},dc=a", None)
# ruleid: python-ldap-empty-password
Connection(server, user=dn, password="")
# ok: python-ldap-empty-password
connection.simple_bind_s(user, password)
# ok: python-ldap-empty-password
connection.simple_bind_s()
# ok: python-ldap-empty-password
Connection(server, user=dn, password=password)
# ok: python-ldap-empty-password
connection.sasl_interactive_bind_s("", auth)


def every_form(request):
    # ruleid: python-ldap-empty-password
    connection.simple_bind_s(who=user, cred="")
    # ruleid: python-ldap-empty-password
    connection.simple_bind(user, "")
    # ruleid: python-ldap-empty-password
    connection.simple_bind_s(user)
    # ruleid: python-ldap-empty-password
    connection.bind_s(user, "")
    # ruleid: python-ldap-empty-password
    ldap3.Connection(user=user, password=None)
