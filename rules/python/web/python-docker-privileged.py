import docker

client = docker.from_env()
# ruleid: python-docker-privileged
client.containers.run("image", "command", privileged=True)
# ruleid: python-docker-privileged
client.containers.create("image", cap_add=["SYS_ADMIN"])
# ruleid: python-docker-privileged
client.containers.run("image", volumes={"/var/run/docker.sock": {"bind": "/var/run/docker.sock"}})
# ok: python-docker-privileged
client.containers.run("image", "command")
# ok: python-docker-privileged
client.containers.run("image", privileged=False)
# ok: python-docker-privileged
client.containers.run("image", cap_add=["NET_ADMIN"])
# ok: python-docker-privileged
client.containers.run("image", volumes={"/srv/data": {"bind": "/data"}})


def every_form(request):
    # ruleid: python-docker-privileged
    client.create_host_config(privileged=True)
    # ruleid: python-docker-privileged
    client.containers.run(pid_mode="host")
    # ruleid: python-docker-privileged
    client.containers.run(cap_add=["ALL"])
