import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** What a name server says of a name and a type: addresses, an error, or nothing at all. */
export type NameAnswer = readonly string[] | 'no such name' | 'failure' | 'silent';

const CODES = { 'no such name': 3, failure: 2 } as const;
const HEADER_BYTES = 12;
const TYPE_A = 1;

/** Starts a name server on this machine for the duration of a test, and returns its address. */
export async function startNameServer(answerTo: (name: string, type: 'A' | 'AAAA') => NameAnswer): Promise<string> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const { name, end } = nameIn(query);
    const type = query.readUInt16BE(end) === TYPE_A ? 'A' : 'AAAA';
    const answer = answerTo(name, type);
    if (answer !== 'silent') socket.send(toResponse(query.subarray(0, end + 4), answer), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return `127.0.0.1:${socket.address().port}`;
}

/** Returns the name that is asked for, in lower case, and where its type begins. */
function nameIn(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function toResponse(question: Buffer, answer: Exclude<NameAnswer, 'silent'>): Buffer {
  const addresses = typeof answer === 'string' ? [] : answer;
  const response = Buffer.from(question);
  response.writeUInt16BE(0x8180 + (typeof answer === 'string' ? CODES[answer] : 0), 2);
  for (const [at, count] of [1, addresses.length, 0, 0].entries()) response.writeUInt16BE(count, 4 + 2 * at);
  return Buffer.concat([response, ...addresses.map(toRecord)]);
}

/** Writes a record of the name in the question. */
function toRecord(address: string): Buffer {
  const isIpv4 = address.includes('.');
  const data = isIpv4 ? Buffer.from(address.split('.').map(Number)) : Buffer.from(address.replaceAll(':', ''), 'hex');
  const head = Buffer.from([0xc0, HEADER_BYTES, 0, isIpv4 ? TYPE_A : 28, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([head, data]);
}
