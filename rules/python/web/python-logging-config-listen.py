import logging.config
from logging.config import listen

# ruleid: python-logging-config-listen
a = logging.config.listen()
# ruleid: python-logging-config-listen
b = logging.config.listen(9030)
# ruleid: python-logging-config-listen
c = listen(port=9030)

# ok: python-logging-config-listen
d = logging.config.listen(9030, verify=check_signature)
# ok: python-logging-config-listen
e = listen(9030, check_signature)
# ok: python-logging-config-listen
logging.config.dictConfig(config)
# ok: python-logging-config-listen
f = server.listen(9030)
