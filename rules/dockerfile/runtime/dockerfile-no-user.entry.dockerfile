FROM node:22 AS build
RUN npm ci
CMD ["true"]

FROM node:22-slim
COPY --from=build /app /app
# ruleid: dockerfile-no-user
ENTRYPOINT ["node", "/app/server.js"]
