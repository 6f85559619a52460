import { expect, test } from 'vitest';
import type { Person, PersonFile } from '../../playground/person.ts';
import { DocumentReader } from '../../src/reading/document-reader.ts';
import { makeNet } from '../../src/reading/fetch.ts';
import { type NameAnswer, startNameServer } from '../reading/name-server.ts';
import { textOf } from '../replies/read-reply.ts';
import { addFile, bridge, messageOf, said } from './article-steps.ts';
import { startVerbatim } from './start-verbatim.ts';

/** Of the file; others are answered meanwhile. */
const milliseconds = 3000;
const hangs: PersonFile = { name: 'hang', contentType: 'text/html', bytes: Buffer.from('<p>') };

async function told(answer: ReturnType<Person['command']>): Promise<string> {
  return textOf(await messageOf(answer));
}

test('others are answered while one person’s links and file hang, who is then told why', async () => {
  let nameAnswer: NameAnswer = 'silent';
  const nameServers = [await startNameServer(() => nameAnswer)];
  const { playground, stop } = await startVerbatim({
    host: 'localhost',
    net: makeNet({ allowLoopback: true, nameServers }),
    documents: new DocumentReader(milliseconds, new URL('../reading/blocking-reader.ts', import.meta.url)),
  });
  const mallory = playground.personOf({ name: 'Mallory', where: 'direct', isManager: true });
  const file = told(mallory.command('article add', {}, { file: hangs }));
  const links = Array.from({ length: 20 }, (_, at) =>
    told(mallory.command('article add', { link: `http://news-${at}.example.com/` })),
  );
  let ended = 0;
  for (const answer of links) void answer.finally(() => (ended += 1));
  const { person } = playground;
  for (let times = 0; times < 5; times += 1) expect(await said(person, 'lines of communication')).toContain('¶');
  expect(await addFile(person, 'The bridge', bridge)).toContain('Saved: The bridge');
  expect(ended).toBe(0);
  nameAnswer = 'no such name';
  expect(await file).toContain('Reading this took more than 5 seconds');
  const ofLinks = await Promise.all(links);
  // On a busy machine, the name server was silent for too long for the first ones.
  for (const ofLink of ofLinks) expect(ofLink).toMatch(/There’s no website with that name|The site took too long/v);
  expect(ofLinks.at(-1)).toContain('There’s no website with that name');
  await stop();
});
