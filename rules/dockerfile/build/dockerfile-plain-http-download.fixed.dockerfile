FROM python:3.12-slim
# ruleid: dockerfile-plain-http-download
RUN curl -o /usr/bin/tool https://example.org/tool
# ruleid: dockerfile-plain-http-download
RUN apt-get update && wget -q https://example.org/archive.tar.gz && tar xf archive.tar.gz
# ruleid: dockerfile-plain-http-download
RUN pip install --index-url https://packages.example.org/simple thing
# ruleid: dockerfile-plain-http-download
RUN npm config set registry https://packages.example.org/
# ok: dockerfile-plain-http-download
RUN curl -o /usr/bin/tool https://example.org/tool
# ok: dockerfile-plain-http-download
RUN curl -o tool http://example.org/tool && echo "abc tool" | sha256sum -c
# ok: dockerfile-plain-http-download
HEALTHCHECK CMD curl -f http://localhost:8080/health
# ok: dockerfile-plain-http-download
RUN echo http://example.org/ > /etc/home
# ok: dockerfile-plain-http-download
RUN curl http://registry:5000/v2/
