import asyncssh
import asyncssh as ssh
from asyncssh import connect


async def main(host, keys):
    # ruleid: python-asyncssh-known-hosts-none
    await asyncssh.connect(host, known_hosts=None)
    # ruleid: python-asyncssh-known-hosts-none
    await connect(host, username="app", known_hosts=None)
    # ruleid: python-asyncssh-known-hosts-none
    options = ssh.SSHClientConnectionOptions(known_hosts=None)
    # ok: python-asyncssh-known-hosts-none
    await asyncssh.connect(host)
    # ok: python-asyncssh-known-hosts-none
    await asyncssh.connect(host, known_hosts=keys)
    # ok: python-asyncssh-known-hosts-none
    await connect(host, known_hosts="keys/known_hosts")
    # ok: python-asyncssh-known-hosts-none
    await database.connect(host, known_hosts=None)


def every_form(request):
    # ruleid: python-asyncssh-known-hosts-none
    asyncssh.create_connection(known_hosts=None)
    # ruleid: python-asyncssh-known-hosts-none
    asyncssh.connect_reverse(known_hosts=None)
