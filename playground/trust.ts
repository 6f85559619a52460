import type { IncomingMessage } from 'node:http';

/**
 * Whether a request comes from this machine's own client or page. Another site open in the same browser can reach the loopback
 * address too, by name (hence Host) or by address (hence Origin and Sec-Fetch-Site).
 */
export function isTrusted(request: IncomingMessage, port: number): boolean {
  const { host, origin } = request.headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
