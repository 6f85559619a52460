import { expect, test } from 'vitest';
import { makeNet } from '../../src/reading/fetch.ts';
import { format } from '../../src/wording/say.ts';
import { serve } from './web.ts';

/** A site of which `/slow` sends nothing until `release`. */
async function startSite() {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const counts = { open: 0, most: 0 };
  const site = await serve(async (request, response) => {
    counts.open += 1;
    counts.most = Math.max(counts.most, counts.open);
    if (request.url === '/slow') await released;
    counts.open -= 1;
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>News.</p>');
  });
  return { site, release, counts };
}

test('pages are fetched two at a time for each person and eight in all, and others needn’t wait for one person', async () => {
  const { site, release, counts } = await startSite();
  const net = makeNet({ allowLoopback: true });
  const byAnn = Array.from({ length: 30 }, () => net.fetch(`${site}/slow`, 'ann'));
  expect(await net.fetch(`${site}/`, 'ben')).toMatchObject({ kind: 'page' });
  expect(counts).toEqual({ open: 2, most: 3 });
  const byOthers = ['cy', 'dee', 'eve', 'fay', 'gil'].flatMap(asker =>
    [1, 2].map(() => net.fetch(`${site}/slow`, asker)),
  );
  await expect.poll(() => counts.open).toBe(8);
  release();
  const fetched = await Promise.all([...byAnn, ...byOthers]);
  expect(fetched.filter(({ kind }) => kind === 'page')).toHaveLength(40);
  expect(counts.most).toBe(8);
});

test('whoever’s turn doesn’t come in time is told so', async () => {
  const { site } = await startSite();
  const net = makeNet({ allowLoopback: true, milliseconds: 200 });
  const fetched = await Promise.all(Array.from({ length: 6 }, () => net.fetch(`${site}/slow`, 'ann')));
  const reasons = fetched.map(each => (each.kind === 'refused' ? format(each.reason, 'en') : 'fetched'));
  // The third and fourth may begin at the very moment.
  for (const reason of reasons.slice(0, 2)) expect(reason).toContain('The site took too long');
  for (const reason of reasons.slice(4)) expect(reason).toContain('I’m reading too many links');
});
