FROM debian:12
# ok: dockerfile-no-user
ENTRYPOINT ["/bin/tool"]
# ruleid: dockerfile-no-user
CMD ["--help"]
