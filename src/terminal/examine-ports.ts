import { createServer } from 'node:net';
import type { Settings } from '../settings.ts';
import { startFailure } from '../start-failure.ts';
import type { Finding } from './finding.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

const patience = 2000;

/** Takes a port for a moment; resolves to what the system says where it cannot be had. */
function tryPort({ host, port }: Address): Promise<Error | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** Whether a bot shows its figures there. */
async function isShown({ host, port }: Address): Promise<boolean> {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const address = `http://${name.includes(':') ? `[${name}]` : name}:${port}/healthz`;
  const text = await fetch(address, { signal: AbortSignal.timeout(patience) }).then(
    response => response.text(),
    () => '',
  );
  return text === 'alive\n';
}

async function examineFigures(at: Address, settings: Settings): Promise<Finding> {
  const about = 'figures';
  const error = await tryPort(at);
  if (error === undefined)
    return { kind: 'good', about, sentence: `They can be shown at ${at.host}, port ${at.port}.` };
  if (await isShown(at)) {
    return { kind: 'good', about, sentence: `A bot that runs shows them at ${at.host}, port ${at.port}.` };
  }
  return { kind: 'bad', about, sentence: startFailure(error, settings)?.message ?? sentenceOf(at, error) };
}

function sentenceOf({ host, port }: Address, error: Error): string {
  return `Port ${port} of ${host} cannot be had (${String(Reflect.get(error, 'code'))}): choose another one.`;
}

/** Whether what the settings say can be listened at. A taken port of the playground is the bot itself, most often. */
export async function examinePorts(settings: Settings): Promise<readonly Finding[]> {
  const { metrics, discordToken, playgroundPort } = settings;
  const found: Finding[] = [];
  if (metrics !== undefined) found.push(await examineFigures(metrics, settings));
  if (discordToken !== undefined || playgroundPort === undefined) return found;
  const at = { host: '127.0.0.1', port: playgroundPort };
  const error = await tryPort(at);
  if (error === undefined) return found;
  const sentence = `${startFailure(error, settings)?.message ?? sentenceOf(at, error)} If that is the bot, all is well.`;
  return [...found, { kind: 'doubtful', about: 'page', sentence }];
}
