import { once } from 'node:events';
import { connect as connectTo, createServer, type Socket } from 'node:net';

/** The end of a server's answer outside of a transaction: ReadyForQuery, idle. */
const IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/**
 * Starts a pooler that gives each transaction the connection to the server that was used last, as PgBouncer does with
 * `pool_mode = transaction`. A client logs in on a connection of its own. Returns the database's URL by way of it.
 */
export async function startTransactionPooler(url: string): Promise<{ readonly url: string; close(): void }> {
  const { hostname, port } = new URL(url);
  const free: Socket[] = [];
  const users = new Map<Socket, Socket>();
  const clients = new Set<Socket>();
  const connect = () => {
    const server = connectTo(Number(port), hostname);
    server.on('error', () => undefined);
    server.on('data', piece => {
      users.get(server)?.write(piece);
      if (!piece.subarray(-IDLE.length).equals(IDLE)) return;
      users.delete(server);
      free.push(server);
    });
    return server;
  };
  const pooler = createServer(client => {
    clients.add(client);
    let isNew = true;
    client.on('error', () => undefined);
    client.on('data', piece => {
      // Terminate would close a connection that is somebody else's next.
      if (piece[0] === 'X'.charCodeAt(0)) return client.destroy();
      const own = [...users].find(([, user]) => user === client)?.[0];
      const server = own ?? (isNew ? connect() : free.pop()) ?? connect();
      isNew = false;
      users.set(server, client);
      return server.write(piece);
    });
  });
  pooler.listen(0, '127.0.0.1');
  await once(pooler, 'listening');
  const address = pooler.address();
  const own = String(typeof address === 'object' ? address?.port : undefined);
  return {
    url: url.replace(`:${port}/`, `:${own}/`),
    close() {
      pooler.close();
      for (const socket of [...clients, ...free, ...users.keys()]) socket.destroy();
    },
  };
}
