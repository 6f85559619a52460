/** Preloaded into the bot by `npm run bench:load -- --feeds N`: the bot's own `makeNet` becomes the one beside this file. */
import { registerHooks } from 'node:module';

const fetching = new URL('../../src/reading/fetch.ts', import.meta.url).href;
const bot = new URL('../../src/index.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const isForBot = found.url === fetching && context.parentURL === bot;
    return isForBot ? { ...found, url: new URL('loopback-net.ts', import.meta.url).href } : found;
  },
});
