import paramiko
from paramiko import AutoAddPolicy, SSHClient
from paramiko.client import WarningPolicy

client = SSHClient()
# ruleid: python-paramiko-auto-add-host-key
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
# ruleid: python-paramiko-auto-add-host-key
client.set_missing_host_key_policy(AutoAddPolicy)
# ruleid: python-paramiko-auto-add-host-key
client.set_missing_host_key_policy(WarningPolicy())

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
    client.set_missing_host_key_policy(paramiko.WarningPolicy)
    # ruleid: python-paramiko-auto-add-host-key
    client.set_missing_host_key_policy(paramiko.WarningPolicy())
    # ruleid: python-paramiko-auto-add-host-key
    client.set_missing_host_key_policy(paramiko.client.AutoAddPolicy)
    # ruleid: python-paramiko-auto-add-host-key
    client.set_missing_host_key_policy(paramiko.client.AutoAddPolicy())
