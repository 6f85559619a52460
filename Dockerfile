# docker build -t verbatim . (see docs/operating.md and compose.yaml)
FROM node:24-bookworm-slim AS packages
WORKDIR /verbatim
COPY package.json package-lock.json ./
# No production dependency needs its install script: the image has Node, so the package `node` may stay empty.
RUN npm ci --omit=dev --ignore-scripts \
  && rm -r node_modules/onnxruntime-node/bin/napi-v6/darwin node_modules/onnxruntime-node/bin/napi-v6/win32

FROM node:24-bookworm-slim
ENV NODE_ENV=production DATA_DIR=/data METRICS_PORT=9400
WORKDIR /verbatim
COPY --from=packages /verbatim/node_modules node_modules
COPY package.json require-node.cjs LICENSE ./
COPY seeds seeds
COPY playground playground
COPY src src
RUN install --directory --owner=node --group=node --mode=700 /data
USER node
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.METRICS_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/index.ts"]
