FROM node:22-slim
# ruleid: dockerfile-secret-build-argument
ARG NPM_TOKEN
# ruleid: dockerfile-secret-build-argument
ARG db_password
# ruleid: dockerfile-secret-build-argument
ARG AWS_SECRET_KEY
# ok: dockerfile-secret-build-argument
ARG VERSION
# ok: dockerfile-secret-build-argument
ARG TOKENIZERS_PARALLELISM
# ok: dockerfile-secret-build-argument
ARG PASSWORD_FILE
# ok: dockerfile-secret-build-argument
RUN --mount=type=secret,id=npm npm ci
