FROM python:3.12-slim
# ruleid: dockerfile-world-writable
RUN chmod -R 777 /app
# ruleid: dockerfile-world-writable
RUN mkdir /data && chmod 0777 /data && true
# ruleid: dockerfile-world-writable
RUN chmod a+rwx /run/app
# ok: dockerfile-world-writable
RUN chmod 755 /app/run.sh
# ok: dockerfile-world-writable
RUN chmod 1777 /tmp
# ok: dockerfile-world-writable
RUN chmod +x /app/run.sh
# ok: dockerfile-world-writable
RUN chown -R app:app /app/data
# ruleid: dockerfile-world-writable
RUN chmod a+w /opt/x
