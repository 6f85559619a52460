/**
 * A stand-in for the attribution process. Dies over a text that starts with `crash`, unless that names an existing
 * file; dies after answering one that starts with `last`; never answers `hang`; throws what follows `break`.
 */
import { existsSync, writeFileSync } from 'node:fs';

const die = () => process.kill(process.pid, 'SIGKILL');

process.on('message', ({ text: { text } }: { readonly text: { readonly text: string } }) => {
  const [what, file] = text.split(' ');
  const crashes = what === 'crash' && (file === undefined || !existsSync(file));
  if (crashes && file !== undefined) writeFileSync(file, '');
  if (what === 'break') throw new Error(text);
  if (crashes) die();
  else if (what !== 'hang') process.send?.(`read ${text}`, () => (what === 'last' ? die() : undefined));
});
process.send?.('ready');
