import logging

from flask import current_app, request

logger = logging.getLogger(__name__)


@app.route("/search")
def search():
    query = request.args.get("q", "")
    # ruleid: python-log-injection
    logging.info("search for " + query)
    # ruleid: python-log-injection
    logger.warning(f"search for {query}")
    # ruleid: python-log-injection
    current_app.logger.error("search for %s" % query)
    # ok: python-log-injection
    logger.info("search for %r", query)
    # ok: python-log-injection
    logger.info("search for " + repr(query))
    # ok: python-log-injection
    logger.info(f"{len(query)} characters")
    # ok: python-log-injection
    logger.info("searching")
    return "ok"


def audit(request):
    # ruleid: python-log-injection
    logging.getLogger("audit").error("user %s" % request.GET["u"])


def every_form(request):
    # ruleid: python-log-injection
    log.debug(request.GET["q"])


def as_json(request):
    # ok: python-log-injection
    logging.info("search for " + json.dumps(request.GET["q"]))


LOG = LOGGER = logging.getLogger("app")


class Search(View):
    def get(self, request):
        # ruleid: python-log-injection
        self.log.info("search for " + request.GET["q"])
        # ruleid: python-log-injection
        LOG.info("%d results for %s", self.count, request.GET["q"])
        # ruleid: python-log-injection
        LOGGER.info("search for " + request.GET["q"])
        # ok: python-log-injection
        LOG.info("search for %(query)r", {"query": request.GET["q"]})
        # ok: python-log-injection
        LOG.info("page %d", request.GET["page"])


def with_loguru(request):
    from loguru import logger as lines

    # ruleid: python-log-injection
    lines.info("from {}", request.GET["source"])
    # ok: python-log-injection
    lines.info("from {}", request.GET["source"].encode("unicode_escape").decode())
