/**
 * A stand-in for the reading process that starts fast. Hangs on a file named "hang" or a page at an address that ends
 * with it, crashes on "crash" and reads any other as text.
 */
import type { Document } from '../../src/reading/document.ts';
import { readText } from '../../src/reading/text.ts';
import { answerParent } from '../../src/workers.ts';

answerParent((document: Document) => {
  const name = document.kind === 'file' ? document.name : document.address.replace(/^.*\//v, '');
  if (name === 'crash') process.kill(process.pid, 'SIGKILL');
  while (name === 'hang');
  return readText(new TextDecoder().decode(document.bytes));
});
