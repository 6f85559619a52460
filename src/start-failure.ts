import { StorageError } from './library/store/errors.ts';
import type { Settings } from './settings.ts';

/** Exit codes that tell a supervisor whether to start the bot again; `deploy/verbatim.service` retries `failed` only. */
export const exitCodes = {
  /** A failure that may pass, such as an outage of Discord or the database or a port in use; or an unexpected error. */
  failed: 1,
  /** A setting must be changed first. BSD's EX_CONFIG, which systemd shows as CONFIG. */
  misconfigured: 78,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Why the bot can't start or continue. Its message is a sentence for whoever runs the bot. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
  readonly exitCode: ExitCode;

  constructor(sentence: string, exitCode: ExitCode = exitCodes.failed, options?: ErrorOptions) {
    super(sentence, options);
    this.exitCode = exitCode;
  }
}

/** Returns why the bot couldn't start; undefined for an unexpected error. */
export function startFailure(error: unknown, settings: Pick<Settings, 'metrics'>): CannotStart | undefined {
  if (error instanceof CannotStart) return error;
  // A database may come back and a folder be mounted late.
  if (error instanceof StorageError) return new CannotStart(error.message, exitCodes.failed, { cause: error });
  const isListening = error instanceof Error && Reflect.get(error, 'syscall') === 'listen';
  return isListening ? portFailure(error, settings) : undefined;
}

/** A port in use may be free once another process has ended, and an address exist once the network is up. */
function portFailure(cause: Error, { metrics }: Pick<Settings, 'metrics'>): CannotStart | undefined {
  const [code, port]: readonly unknown[] = [Reflect.get(cause, 'code'), Reflect.get(cause, 'port')];
  const setting = port === metrics?.port ? 'METRICS_PORT' : 'PLAYGROUND_PORT';
  if (code === 'EADDRNOTAVAIL') {
    const sentence = "METRICS_HOST isn't an address of this machine. Use 127.0.0.1, or remove the setting.";
    return new CannotStart(sentence, exitCodes.failed, { cause });
  }
  if (code === 'EADDRINUSE') {
    const sentence = `The port in ${setting} is in use. Choose another one, or remove the setting.`;
    return new CannotStart(sentence, exitCodes.failed, { cause });
  }
  if (code !== 'EACCES') return undefined;
  const sentence = `This user may not use the port in ${setting}. Choose one from 1024 up, or remove the setting.`;
  return new CannotStart(sentence, exitCodes.misconfigured, { cause });
}
