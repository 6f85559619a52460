import { once } from 'node:events';
import { connect as connectTo, createServer, type Server, type Socket } from 'node:net';

/** A proxy between a client and a database that cuts connections. */
export interface CuttingProxy {
  /** The database's, by way of the proxy. */
  readonly url: string;
  /**
   * Cuts the next connection on which the client sends these bytes, before the server gets them or after it has
   * answered them.
   */
  cut(when: 'before' | 'after', bytes: string): void;
  /** Cuts every connection after that many chunks from the client. */
  cutEvery(pieces: number): void;
  /** How many were cut. */
  readonly cuts: number;
  close(): Promise<void>;
}

/** Starts a proxy for the database at `url`. */
export async function startCuttingProxy(url: string): Promise<CuttingProxy> {
  let next: { readonly when: 'before' | 'after'; readonly bytes: string } | undefined;
  let every = Number.POSITIVE_INFINITY;
  let cuts = 0;
  const sockets = new Set<Socket>();
  const target = new URL(url);
  const serve = (client: Socket) => {
    const server = connectTo(Number(target.port), target.hostname);
    let pieces = 0;
    let answered = false;
    const end = () => [client, server].map(socket => socket.destroy());
    const cutNow = () => {
      cuts += 1;
      end();
    };
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', end);
    }
    client.on('data', piece => {
      pieces += 1;
      const isMeant = next !== undefined && piece.includes(next.bytes);
      if ((isMeant && next?.when === 'before') || pieces > every) {
        if (isMeant) next = undefined;
        cutNow();
        return;
      }
      if (isMeant) {
        next = undefined;
        answered = true;
      }
      server.write(piece);
    });
    server.on('data', piece => (answered ? cutNow() : client.write(piece)));
  };
  const proxy = createServer(serve);
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: url.replace(target.host, `${target.hostname}:${portOf(proxy)}`),
    cut: (when, bytes) => {
      next = { when, bytes };
    },
    cutEvery: pieces => {
      every = pieces;
    },
    get cuts() {
      return cuts;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}
