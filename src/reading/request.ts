import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Address } from './resolve.ts';

/** What a site is told of who asks. No cookies, no referrer, nothing of the person. */
const HEADERS = {
  'user-agent': 'Verbatim/0.1 (Discord bot; reads a page when a person adds it to their library)',
  accept: 'text/html,application/xhtml+xml,text/plain;q=0.8',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en;q=0.9,*;q=0.5',
};

/**
 * Asks for a page at the very addresses that were checked: no second look-up that could answer otherwise. Resolves with
 * the answer's head; the caller destroys it. Throws what the connection throws.
 */
export function request(url: URL, addresses: readonly Address[], signal: AbortSignal): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const isSecure = url.protocol === 'https:';
  const options = { headers: HEADERS, lookup: answerWith(addresses), signal };
  // An agent of its own for each request: no connection is kept, and none goes through a proxy that the machine names.
  const asked = isSecure
    ? https.get(url, { ...options, agent: new https.Agent(), rejectUnauthorized: true })
    : http.get(url, { ...options, agent: new http.Agent() });
  asked.on('error', reject);
  asked.on('upgrade', (_response, socket) => {
    socket.destroy();
    reject(Object.assign(new Error('The site changed protocol.'), { code: 'ERR_UPGRADE' }));
  });
  asked.on('response', response => {
    // Whoever reads the body hears of its errors; this one keeps those that come afterwards from ending the bot.
    response.on('error', () => undefined);
    resolve(response);
  });
  return promise;
}

function answerWith(addresses: readonly Address[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else if (first === undefined) callback(new Error('No address was checked.'), '', 0);
    else callback(null, first.address, first.family);
  };
}
