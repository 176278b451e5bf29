import ftplib
import telnetlib
from ftplib import FTP, FTP_TLS

# ruleid: python-cleartext-protocol
a = ftplib.FTP(host)
# ruleid: python-cleartext-protocol
b = FTP(host, user, password)
# ruleid: python-cleartext-protocol
c = telnetlib.Telnet(host, 23)

# ok: python-cleartext-protocol
d = ftplib.FTP_TLS(host)
# ok: python-cleartext-protocol
e = FTP_TLS(host, user, password)
# ok: python-cleartext-protocol
f = models.FTP(host)
# ok: python-cleartext-protocol
g = ftplib.error_perm("no")
