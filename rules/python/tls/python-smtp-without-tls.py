import imaplib
import poplib
import smtplib
from smtplib import SMTP


def send(user, password):
    smtp = smtplib.SMTP("mail.example.com", 587)
    # ruleid: python-smtp-without-tls
    smtp.login(user, password)


def send_with(user, password):
    with SMTP("mail.example.com") as smtp:
        # ruleid: python-smtp-without-tls
        smtp.login(user, password)


def read(user, password):
    box = imaplib.IMAP4("mail.example.com")
    # ruleid: python-smtp-without-tls
    box.login(user, password)
    pop = poplib.POP3("mail.example.com")
    # ruleid: python-smtp-without-tls
    pop.pass_(password)


def secure(user, password):
    smtp = smtplib.SMTP_SSL("mail.example.com")
    # ok: python-smtp-without-tls
    smtp.login(user, password)
    other = smtplib.SMTP("mail.example.com", 587)
    other.ehlo()
    other.starttls(context=context)
    # ok: python-smtp-without-tls
    other.login(user, password)
    with smtplib.SMTP("mail.example.com") as third:
        third.starttls()
        # ok: python-smtp-without-tls
        third.login(user, password)
    # ok: python-smtp-without-tls
    session.login(user, password)
    maybe = smtplib.SMTP("localhost")
    if use_tls:
        maybe.starttls()
    # ok: python-smtp-without-tls
    maybe.login(user, password)


def imap(password):
    with imaplib.IMAP4("mail.example.org") as client:
        # ruleid: python-smtp-without-tls
        client.login("user", password)
