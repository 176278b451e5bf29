FROM debian:12
# ruleid: dockerfile-runs-as-root
USER 0
ENTRYPOINT ["/app"]
