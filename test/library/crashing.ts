/** A stand-in for what attributes: dies over a text that starts with `crash`, unless it names a file that is there. */
import { existsSync, writeFileSync } from 'node:fs';

process.on('message', ({ text }: { readonly text: string }) => {
  const [what, file] = text.split(' ');
  const crashes = what === 'crash' && (file === undefined || !existsSync(file));
  if (crashes && file !== undefined) writeFileSync(file, '');
  if (crashes) process.kill(process.pid, 'SIGKILL');
  else process.send?.(`read ${text}`);
});
