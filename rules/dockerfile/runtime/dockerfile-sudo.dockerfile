FROM debian:12
# ruleid: dockerfile-sudo
RUN sudo make install
# ruleid: dockerfile-sudo
RUN apt-get update && sudo apt-get install -y curl
# ruleid: dockerfile-sudo
RUN echo "app ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers
# ruleid: dockerfile-sudo
RUN echo "root:toor99" | chpasswd
# ok: dockerfile-sudo
RUN make install
# ok: dockerfile-sudo
RUN apt-get install -y libsudo-dev
# ok: dockerfile-sudo
RUN echo "app:$PASSWORD" | chpasswd
# ok: dockerfile-sudo
USER app
