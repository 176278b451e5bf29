FROM debian:12
# ruleid: dockerfile-unauthenticated-packages
RUN apt-get install -y tool
# ruleid: dockerfile-unauthenticated-packages
RUN apk add tool.apk
# ruleid: dockerfile-unauthenticated-packages
RUN dnf install -y tool
# ok: dockerfile-unauthenticated-packages
RUN apt-get update && apt-get install -y --no-install-recommends tool
# ok: dockerfile-unauthenticated-packages
RUN apk add --no-cache tool
# ok: dockerfile-unauthenticated-packages
RUN dnf install -y tool
# ok: dockerfile-unauthenticated-packages
RUN apt-get install -y ca-certificates
# ruleid: dockerfile-unauthenticated-packages
RUN echo "deb [trusted=yes] http://packages.example.org stable main" > /etc/apt/sources.list.d/own.list
