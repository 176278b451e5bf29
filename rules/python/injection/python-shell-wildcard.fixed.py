import os
import subprocess
from os import popen

# ruleid: python-shell-wildcard
os.system("tar cf /backup/all.tar ./*")
# ruleid: python-shell-wildcard
popen("cd /srv && sudo chown -R app:app ./*")
# ruleid: python-shell-wildcard
subprocess.call("/usr/bin/rsync -a ./*.txt backup:/srv", shell=True)
# ruleid: python-shell-wildcard
subprocess.run(f"chmod {mode} ./*", shell=True, check=True)
# ruleid: python-shell-wildcard
subprocess.getoutput("chgrp app ./*")
# ruleid: python-shell-wildcard
subprocess.getstatusoutput("tar czf all.tgz ./*")

# ok: python-shell-wildcard
os.system("tar cf /backup/all.tar ./*")
# ok: python-shell-wildcard
os.system("tar cf /backup/all.tar -- *")
# ok: python-shell-wildcard
subprocess.call("ls *.txt", shell=True)
# ok: python-shell-wildcard
subprocess.call(["tar", "cf", "all.tar", "*"])
# ok: python-shell-wildcard
subprocess.call("tar cf all.tar /srv/data/*", shell=True)
# ok: python-shell-wildcard
os.system("chmod 600 secret; ls *")
# ok: python-shell-wildcard
os.system("avatar *")
