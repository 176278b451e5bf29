import smtplib
from email.message import EmailMessage

from flask import request

smtp = smtplib.SMTP_SSL("mail.example.com")


@app.route("/contact", methods=["POST"])
def contact():
    subject = request.form["subject"]
    # ruleid: python-mail-injection
    smtp.sendmail(SENDER, TO, f"Subject: {subject}\n\nHello")
    message = "From: " + request.form["from"] + "\n\nHello"
    # ruleid: python-mail-injection
    smtp.sendmail(SENDER, [TO], message)
    # ruleid: python-mail-injection
    smtp.sendmail(SENDER, TO, msg="Subject: %s\n\n" % subject)
    mail = EmailMessage()
    mail["Subject"] = subject
    # ok: python-mail-injection
    smtp.sendmail(SENDER, TO, mail.as_string())
    # ok: python-mail-injection
    smtp.send_message(mail)
    # ok: python-mail-injection
    smtp.sendmail(SENDER, TO, "Subject: Hello\n\nHello")
    clean = subject.replace("\n", " ")
    # ok: python-mail-injection
    smtp.sendmail(SENDER, TO, "Subject: " + clean)


async def sent(request):
    # ruleid: python-mail-injection
    await aiosmtplib.send("Subject: " + request.GET["q"], recipients=ALL)


def as_bytes(request, smtp):
    message = MIMEText(request.GET["q"])
    # ok: python-mail-injection
    smtp.sendmail(SENDER, ALL, message.as_bytes())
