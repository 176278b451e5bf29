import paramiko
from paramiko import RejectPolicy, SSHClient
from paramiko.client import RejectPolicy

client = SSHClient()
# ruleid: python-paramiko-auto-add-host-key
client.set_missing_host_key_policy(paramiko.RejectPolicy())
# ruleid: python-paramiko-auto-add-host-key
client.set_missing_host_key_policy(RejectPolicy)
# ruleid: python-paramiko-auto-add-host-key
client.set_missing_host_key_policy(RejectPolicy())

# ok: python-paramiko-auto-add-host-key
client.set_missing_host_key_policy(paramiko.RejectPolicy())
# ok: python-paramiko-auto-add-host-key
client.load_system_host_keys()
# ok: python-paramiko-auto-add-host-key
client.set_missing_host_key_policy(PinnedPolicy())
# ok: python-paramiko-auto-add-host-key
client.connect(host, username=user)


def every_form(request):
    # ruleid: python-paramiko-auto-add-host-key
    client.set_missing_host_key_policy(paramiko.RejectPolicy)
    # ruleid: python-paramiko-auto-add-host-key
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    # ruleid: python-paramiko-auto-add-host-key
    client.set_missing_host_key_policy(paramiko.client.RejectPolicy)
    # ruleid: python-paramiko-auto-add-host-key
    client.set_missing_host_key_policy(paramiko.client.RejectPolicy())
