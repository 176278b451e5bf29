import ftplib
import imaplib
import smtplib
import ssl
from ftplib import FTP_TLS

context = ssl.create_default_context()
smtp = smtplib.SMTP("mail.example.com")
# ruleid: python-starttls-unverified
smtp.starttls(context=ssl.create_default_context())
# ok: python-starttls-unverified
smtp.starttls(context=context)
# ruleid: python-starttls-unverified
box = imaplib.IMAP4_SSL("mail.example.com", 993, ssl_context=ssl.create_default_context())
# ok: python-starttls-unverified
box = imaplib.IMAP4_SSL("mail.example.com", ssl_context=context)
# ruleid: python-starttls-unverified
files = FTP_TLS("ftp.example.com", context=ssl.create_default_context())
# ok: python-starttls-unverified
files = ftplib.FTP_TLS("ftp.example.com", context=context)
# ok: python-starttls-unverified
other = smtplib.SMTP_SSL("mail.example.com", context=ssl.create_default_context())
# ok: python-starttls-unverified
other = smtplib.SMTP_SSL("mail.example.com", **options)


def every_form(request):
    # ruleid: python-starttls-unverified
    smtplib.SMTP_SSL(context=ssl.create_default_context())
    # ruleid: python-starttls-unverified
    poplib.POP3_SSL(context=ssl.create_default_context())
    # ruleid: python-starttls-unverified
    nntplib.NNTP_SSL(ssl_context=ssl.create_default_context())
