FROM node:22
# ruleid: dockerfile-copied-secret
COPY .env /app/.env
# ruleid: dockerfile-copied-secret
COPY keys/id_rsa /home/app/.ssh/id_rsa
# ruleid: dockerfile-copied-secret
ADD --chown=app .npmrc /home/app/
# ok: dockerfile-copied-secret
COPY .env.example /app/.env
# ok: dockerfile-copied-secret
COPY --from=build /app/.npmrc /app/
# ok: dockerfile-copied-secret
COPY package.json package-lock.json ./
# ok: dockerfile-copied-secret
COPY id_rsa.pub /home/app/.ssh/authorized_keys
