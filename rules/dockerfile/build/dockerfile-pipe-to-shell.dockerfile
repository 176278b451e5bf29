FROM debian:12
# ruleid: dockerfile-pipe-to-shell
RUN curl -sSL https://example.org/install.sh | sh
# ruleid: dockerfile-pipe-to-shell
RUN wget -qO- https://example.org/install.sh | bash -s -- --yes
# ruleid: dockerfile-pipe-to-shell
RUN curl -fsSL https://deb.example.org/setup_20.x | sudo -E bash -
# ok: dockerfile-pipe-to-shell
RUN curl -sSLo /tmp/install.sh https://example.org/install.sh && sha256sum -c sums && sh /tmp/install.sh
# ok: dockerfile-pipe-to-shell
RUN curl -sSL https://example.org/key.asc | gpg --dearmor -o /usr/share/keyrings/example.gpg
# ok: dockerfile-pipe-to-shell
RUN curl -sSL https://example.org/a.tar.gz | tar xz -C /opt
# ok: dockerfile-pipe-to-shell
RUN echo "curl" && sh run.sh
# ruleid: dockerfile-pipe-to-shell
RUN bash -c "$(curl -fsSL https://example.org/install.sh)"
# ruleid: dockerfile-pipe-to-shell
RUN bash <(curl -s https://example.org/install.sh)
