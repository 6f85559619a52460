import { CannotStart } from './discord/errors.ts';
import { exitCodes } from './exit-codes.ts';
import { StorageError } from './library/store/errors.ts';
import type { Settings } from './settings.ts';

/** What kept the bot from starting, for whoever runs it; `undefined` for what nobody expected. */
export function startFailure(error: unknown, settings: Pick<Settings, 'metrics'>): CannotStart | undefined {
  if (error instanceof CannotStart) return error;
  // A database may be mended where it is, a folder be mounted late.
  if (error instanceof StorageError) return new CannotStart(error.message, exitCodes.failed, { cause: error });
  return error instanceof Error && Reflect.get(error, 'syscall') === 'listen' ? unheard(error, settings) : undefined;
}

/** A port that cannot be had. One that is taken may be free when a former process has ended, an address be there when the network is. */
function unheard(cause: Error, { metrics }: Pick<Settings, 'metrics'>): CannotStart | undefined {
  const [code, port]: readonly unknown[] = [Reflect.get(cause, 'code'), Reflect.get(cause, 'port')];
  const setting = port === metrics?.port ? 'METRICS_PORT' : 'PLAYGROUND_PORT';
  if (code === 'EADDRNOTAVAIL') {
    const way = 'use 127.0.0.1, or leave it out';
    return new CannotStart(`METRICS_HOST is no address of this machine: ${way}.`, exitCodes.failed, { cause });
  }
  if (code === 'EADDRINUSE') {
    const way = 'choose another one, or leave the setting out';
    return new CannotStart(`The port in ${setting} is taken: ${way}.`, exitCodes.failed, { cause });
  }
  if (code !== 'EACCES') return undefined;
  const way = 'choose one from 1024 on, or leave the setting out';
  return new CannotStart(`The port in ${setting} is not for this user: ${way}.`, exitCodes.misconfigured, { cause });
}
