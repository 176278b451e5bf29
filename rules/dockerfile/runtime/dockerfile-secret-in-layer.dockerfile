FROM python:3.12-slim
# ruleid: dockerfile-secret-in-layer
ENV API_TOKEN=9f8e7d6c5b4a39281706
# ruleid: dockerfile-secret-in-layer
ARG DB_PASSWORD=hunter22
# ruleid: dockerfile-secret-in-layer
ENV AWS_SECRET_ACCESS_KEY "c0rrect-h0rse"
# ok: dockerfile-secret-in-layer
ARG API_TOKEN
# ok: dockerfile-secret-in-layer
ENV DB_PASSWORD=""
# ok: dockerfile-secret-in-layer
ENV TOKEN_FILE=/run/secrets/token
# ok: dockerfile-secret-in-layer
ENV API_TOKEN=${API_TOKEN}
# ok: dockerfile-secret-in-layer
ENV PYTHONUNBUFFERED=1
