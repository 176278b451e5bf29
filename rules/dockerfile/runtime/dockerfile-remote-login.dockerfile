FROM debian:12-slim
# ruleid: dockerfile-remote-login
EXPOSE 22
# ruleid: dockerfile-remote-login
EXPOSE 8080 23
# ruleid: dockerfile-remote-login
EXPOSE 2375/tcp
# ok: dockerfile-remote-login
EXPOSE 8080
# ok: dockerfile-remote-login
EXPOSE 2200 8022
# ok: dockerfile-remote-login
EXPOSE 53/udp
# ok: dockerfile-remote-login
RUN echo EXPOSE 22
