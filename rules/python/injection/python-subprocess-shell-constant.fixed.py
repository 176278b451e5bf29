import subprocess
from subprocess import check_output

# ruleid: python-subprocess-shell-constant
subprocess.run(["git", "status"])
# ruleid: python-subprocess-shell-constant
check_output(["git", "log", "--oneline"], stderr=subprocess.STDOUT)
# ruleid: python-subprocess-shell-constant
subprocess.call(["git", "status"])

# ok: python-subprocess-shell-constant
subprocess.run(["git", "status"])
# ok: python-subprocess-shell-constant
subprocess.run("git log | head", shell=True)
# ok: python-subprocess-shell-constant
subprocess.run("echo $HOME", shell=True)
# ok: python-subprocess-shell-constant
subprocess.run("git status", shell=False)
# ok: python-subprocess-shell-constant
subprocess.run(f"git show {commit}", shell=True)
