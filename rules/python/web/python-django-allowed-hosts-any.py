# ruleid: python-django-allowed-hosts-any
ALLOWED_HOSTS = ["*"]
# ruleid: python-django-allowed-hosts-any
ALLOWED_HOSTS = ("localhost", "*")
# ruleid: python-django-allowed-hosts-any
ALLOWED_HOSTS += ["*"]

# ok: python-django-allowed-hosts-any
ALLOWED_HOSTS = ["shop.example.org", ".example.com"]
# ok: python-django-allowed-hosts-any
ALLOWED_HOSTS = []
# ok: python-django-allowed-hosts-any
ALLOWED_HOSTS = os.environ["HOSTS"].split(",")
# ok: python-django-allowed-hosts-any
CORS_HEADERS = ["*"]


def every_form(request):
    # ruleid: python-django-allowed-hosts-any
    ALLOWED_HOSTS.append("*")
