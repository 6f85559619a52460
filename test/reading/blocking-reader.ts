/** A stand-in for the reading process. Hangs on a document named "hang" and crashes on one named "crash". */

import { type Document, readDocument } from '../../src/reading/document.ts';
import { answerParent } from '../../src/workers.ts';

answerParent((document: Document) => {
  const name = document.kind === 'file' ? document.name : '';
  if (name === 'crash') process.kill(process.pid, 'SIGKILL');
  while (name === 'hang');
  return readDocument(document);
});
