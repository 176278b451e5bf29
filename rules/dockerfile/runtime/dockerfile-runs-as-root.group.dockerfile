FROM debian:12
# ruleid: dockerfile-runs-as-root
USER root:root
ENTRYPOINT ["/app"]
