FROM debian:12
# ruleid: dockerfile-tls-verification-off
RUN curl -O https://example.org/tool.tar.gz
# ruleid: dockerfile-tls-verification-off
RUN wget https://example.org/tool.tar.gz
# ruleid: dockerfile-tls-verification-off
RUN pip install --trusted-host pypi.example.org tool
# ruleid: dockerfile-tls-verification-off
RUN git config --global http.sslVerify false
# ruleid: dockerfile-tls-verification-off
ENV NODE_TLS_REJECT_UNAUTHORIZED=0
# ok: dockerfile-tls-verification-off
RUN curl -fsSL -O https://example.org/tool.tar.gz
# ok: dockerfile-tls-verification-off
RUN curl --cacert ca.pem -O https://example.org/kit-k.tar.gz
# ok: dockerfile-tls-verification-off
RUN pip install tool
# ok: dockerfile-tls-verification-off
RUN wget https://example.org/tool.tar.gz
# ruleid: dockerfile-tls-verification-off
RUN npm config set strict-ssl false
