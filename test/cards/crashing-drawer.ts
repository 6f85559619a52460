/** A stand-in for the drawing process. Crashes on the text "crash", hangs on "hang" and returns any other text as the picture. */
import type { Card } from '../../src/cards/card.ts';
import { answerParent } from '../../src/workers.ts';

answerParent((picture: Card) => {
  const text = picture.parts[0]?.text ?? '';
  if (text === 'crash') process.kill(process.pid, 'SIGKILL');
  while (text === 'hang');
  return Buffer.from(`drawn ${text}`);
});
