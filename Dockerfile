# One image for the api, the worker and the migrations: which one it is, the command says.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /source
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.base.json one-file.config.ts ./
COPY scripts scripts
COPY migrations migrations
COPY packages packages
COPY apps apps
COPY deploy deploy
RUN sh deploy/build-production.sh /app

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production \
    PATCHGATE_HOST=0.0.0.0 \
    PATCHGATE_DATA_DIR=/var/lib/patchgate \
    PATCHGATE_KEY_DIR=/etc/patch-manager/keys
# A volume that is mounted over the directory of keys takes over its owner and its mode.
RUN groupadd --system --gid 10001 patchgate \
    && useradd --system --uid 10001 --gid patchgate --home-dir /var/lib/patchgate --no-create-home \
      --shell /usr/sbin/nologin patchgate \
    && install -d -m 0700 -o patchgate -g patchgate /var/lib/patchgate /etc/patch-manager/keys
COPY --from=build /app /app
USER 10001:10001
EXPOSE 3000 8080 8081
ENTRYPOINT ["node", "/app/apps/server/dist/main.cli.js"]
CMD ["api"]
