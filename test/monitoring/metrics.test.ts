import { expect, test } from 'vitest';
import { type InteractionRecord, Metrics } from '../../src/monitoring/metrics.ts';

const answered: InteractionRecord = {
  interaction: '1',
  server: undefined,
  command: 'help',
  result: 'answered',
  answer: 'message',
  first: 5,
  final: 5,
  error: undefined,
};

async function figureOf(figure: string, told: readonly Partial<InteractionRecord>[]): Promise<number> {
  const metrics = new Metrics();
  for (const each of told) metrics.answered({ ...answered, ...each });
  const line = (await metrics.render()).split('\n').find(each => each.startsWith(`${figure} `));
  return Number(line?.slice(figure.length));
}

test('counts a request that Discord refused, and no other failure as one', async () => {
  const refused = { result: 'failed', error: { name: 'DiscordAPIError', code: 50_035 } } as const;
  const lost = { result: 'failed', error: { name: 'SocketError' } } as const;
  expect(await figureOf('verbatim_refused_bodies_total', [{}, lost])).toBe(0);
  expect(await figureOf('verbatim_refused_bodies_total', [{}, refused, lost, refused])).toBe(2);
});

test('looks at the open libraries once each time it is read', async () => {
  const metrics = new Metrics();
  let looks = 0;
  metrics.watch({
    gateway: () => ({ isConnected: true, milliseconds: undefined }),
    logins: () => undefined,
    libraries: () => {
      looks += 1;
      return Promise.resolve({ open: looks, articles: 10 * looks, unencoded: 0, taken: { added: 100 * looks } });
    },
    waiting: () => 0,
  });
  await metrics.render();
  const text = await metrics.render();
  expect(looks).toBe(2);
  const figures = [
    'verbatim_open_libraries 2',
    'verbatim_articles 20',
    'verbatim_articles_taken_total{kind="added"} 200',
  ];
  expect(text.split('\n')).toEqual(expect.arrayContaining(figures));
});

test('counts requests that were given up separately', async () => {
  const expired = { result: 'expired', answer: 'none', first: undefined } as const;
  const figure = 'verbatim_interactions_total{command="help",result="expired",answer="none"}';
  expect(await figureOf(figure, [{}, expired, expired])).toBe(2);
});
