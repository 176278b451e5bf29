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


def mail():
    import imaplib
    import poplib

    # ruleid: python-cleartext-protocol
    imaplib.IMAP4("mail.example.com")
    # ruleid: python-cleartext-protocol
    poplib.POP3("mail.example.com")
    # ok: python-cleartext-protocol
    imaplib.IMAP4_SSL("mail.example.com", ssl_context=ssl.create_default_context())
    # ok: python-cleartext-protocol
    box = imaplib.IMAP4("mail.example.com")
    box.starttls(ssl.create_default_context())
