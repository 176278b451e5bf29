FROM python:3.12-slim AS one
# ok: dockerfile-runs-as-root
USER root
RUN apt-get update
# ok: dockerfile-runs-as-root
USER app

FROM python:3.12-slim AS two
# ok: dockerfile-runs-as-root
USER 1000
# ok: dockerfile-runs-as-root
USER ${APP_USER}
# ruleid: dockerfile-runs-as-root
USER root
CMD ["gunicorn", "app:app"]
