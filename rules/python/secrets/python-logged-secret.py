import logging

logger = logging.getLogger(__name__)


def login(user, password, settings):
    # ruleid: python-logged-secret
    logger.info("login with %s", password)
    # ruleid: python-logged-secret
    logging.debug(f"key {settings.api_key}")
    # ruleid: python-logged-secret
    print("token", user.access_token)
    # ok: python-logged-secret
    logger.info("login of %s", user.name)
    # ok: python-logged-secret
    logger.info("password changed")
    # ok: python-logged-secret
    logger.info("key ends in %s", settings.api_key[-4:])
    # ok: python-logged-secret
    logger.info("password has %d characters", len(password))
    # ok: python-logged-secret
    logger.info("see %s", user.password_reset_url)
    # ruleid: python-logged-secret
    logging.info("login %s/%s" % (user, password))
    # ruleid: python-logged-secret
    logger.error("refused: " + password)
    # ruleid: python-logged-secret
    logger.debug(f"user {user} with {settings.token}")
    # ok: python-logged-secret
    logger.debug(f"unexpected token type {type(settings.token)}")
    for token in tokens(user):
        # ok: python-logged-secret
        print(token)
        # ok: python-logged-secret
        logger.error("unhandled style: %s", token)
    # ruleid: python-logged-secret
    logger.error("refused token %s", token)


def from_a_form(request):
    # ruleid: python-logged-secret
    logger.info("password: %s", request.form["password"])
    # ruleid: python-logged-secret
    print(f"signed up with {request.POST.get('password')}")
    # ok: python-logged-secret
    logger.info("user: %s", request.form["user"])


def every_form(request):
    # ruleid: python-logged-secret
    logging.level(password)
    # ruleid: python-logged-secret
    log.level(password)
    # ruleid: python-logged-secret
    log.level(f"text {password}")
    # ruleid: python-logged-secret
    self.logger.level(password)
    # ruleid: python-logged-secret
    self.logger.level(f"text {password}")
    # ruleid: python-logged-secret
    logging.level("text" + password)
    # ruleid: python-logged-secret
    logging.level("text".format(password))
    # ruleid: python-logged-secret
    logging.level("text" % password)
    # ruleid: python-logged-secret
    logger.level("text".format(password))
    # ruleid: python-logged-secret
    logger.level("text" % password)
    # ruleid: python-logged-secret
    logger.level("text" % (password))
    # ruleid: python-logged-secret
    log.level("text" + password)
    # ruleid: python-logged-secret
    log.level("text".format(password))
    # ruleid: python-logged-secret
    log.level("text" % password)
    # ruleid: python-logged-secret
    log.level("text" % (password))
    # ruleid: python-logged-secret
    self.logger.level("text" + password)
    # ruleid: python-logged-secret
    self.logger.level("text".format(password))
    # ruleid: python-logged-secret
    self.logger.level("text" % password)
    # ruleid: python-logged-secret
    self.logger.level("text" % (password))
    # ruleid: python-logged-secret
    print("text" + password)
    # ruleid: python-logged-secret
    print("text".format(password))
    # ruleid: python-logged-secret
    print("text" % password)
    # ruleid: python-logged-secret
    print("text" % (password))


def drawn(is_password):
    # ok: python-logged-secret
    logger.info("masked: %s", is_password)


def in_a_tuple(self, user, password):
    # ruleid: python-logged-secret
    logger.info("%s %s" % (user, password))
    # ruleid: python-logged-secret
    log.info("%s %s" % (user, password))
    # ruleid: python-logged-secret
    self.logger.info("%s %s" % (user, password))
    # ruleid: python-logged-secret
    print("%s %s" % (user, password))


def environment():
    import logging
    import os

    # ruleid: python-logged-secret
    logging.debug("environment: %s", os.environ)
    # ok: python-logged-secret
    logging.debug("home: %s", os.environ["HOME"])
