FROM python:3.12-slim
# ruleid: dockerfile-add-remote-url
ADD https://example.org/tool.tar.gz /opt/
# ruleid: dockerfile-add-remote-url
ADD http://example.org/tool.sh /usr/local/bin/tool
# ruleid: dockerfile-add-remote-url
ADD --chown=app:app https://example.org/data.json /data/
# ok: dockerfile-add-remote-url
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/tool.tar.gz /opt/
# ok: dockerfile-add-remote-url
ADD app.tar.gz /opt/
# ok: dockerfile-add-remote-url
COPY https/ /opt/
# ok: dockerfile-add-remote-url
RUN echo https://example.org/tool.tar.gz
