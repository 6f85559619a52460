import { describe, expect, test, vi } from 'vitest';
import {
  correctDraft,
  correction,
  discard,
  keep,
  type Offer,
  offer,
  readOffer,
  type Source,
} from '../../src/commands/add.ts';
import type { Context } from '../../src/commands/command.ts';
import { RateLimiter } from '../../src/commands/rate-limit.ts';
import { TooSlow } from '../../src/library/attributor.ts';
import { UNKNOWN_METADATA } from '../../src/news/article.ts';
import { fc } from '../fast-check.ts';
import { buttonsOf, refusalOf, textOf } from '../replies/read-reply.ts';
import { contextOf } from './ask.ts';

const link: Source = { kind: 'link', address: 'https://news.example/' };
const attachment = { name: 'a.txt', contentType: undefined, size: 5, url: 'https://cdn.discordapp.com/a.txt' };
const offered: Offer = {
  rest: [link, { kind: 'file', attachment }, { kind: 'pasted', title: 'A', link: '', text: 'Half \ud800 \0.' }],
  total: 5,
};

const pasted = (name: string) => ({
  ...({ kind: 'pasted', title: name, link: '' } as const),
  text: `“The ${name} will hold,” said Ilse Brandt.\n\nThe council meets again on Thursday to decide about the ${name}.`,
});

/** Returns the id of the draft that a reply offers to keep. */
function idIn(reply: Parameters<typeof buttonsOf>[0] | undefined): string {
  const [button] = buttonsOf(reply ?? {});
  return button?.custom_id?.slice(1) ?? '';
}

const titles = async ({ library }: Context) => (await library.newest(0, 10)).map(({ title }) => title).sort();

describe('the drafts that follow', () => {
  test('are read as they were stored', () => {
    expect(readOffer(JSON.parse(JSON.stringify(offered)))).toEqual(offered);
    expect(readOffer({ rest: [], total: 1 })).toEqual({ rest: [], total: 1 });
  });

  test.each([
    undefined,
    null,
    'rest',
    [],
    { rest: {}, total: 1 },
    { rest: [], total: 0 },
    { rest: [], total: 1.5 },
    { rest: [link], total: 1 },
    { rest: [{ kind: 'link' }], total: 2 },
    { rest: [{ kind: 'feed', address: 'https://news.example/' }], total: 2 },
    { rest: [{ kind: 'file', attachment: { ...attachment, size: '5' } }], total: 2 },
    { rest: [{ kind: 'file', attachment: null }], total: 2 },
    { rest: [{ kind: 'pasted', title: 'A', link: '' }], total: 2 },
    { rest: [null], total: 2 },
  ])('are none if anything else was stored: %j', value => {
    expect(readOffer(value)).toBeUndefined();
  });

  test('are read without throwing, in a valid shape, whatever was stored', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ rest: fc.array(fc.jsonValue()), total: fc.nat() })), value => {
        const read = readOffer(value);
        expect(read === undefined || read.rest.length < read.total).toBe(true);
      }),
    );
  });
});

describe('Keep and Discard', () => {
  test('continue with the next article, each once', async () => {
    const context = await contextOf([]);
    const first = await offer(['dam', 'mill', 'weir'].map(pasted), [], context);
    expect(textOf(first)).toContain('(1 of 3)');
    const second = await keep(idIn(first), context);
    expect(textOf(second ?? {})).toMatch(/Saved: .+\(2 of 3\)/sv);
    expect(await keep(idIn(first), context)).toBeUndefined();
    expect(await discard(idIn(first), context)).toBeUndefined();
    const third = await discard(idIn(second), context);
    expect(textOf(third ?? {})).toMatch(/Discarded: .+\(3 of 3\)/sv);
    expect(textOf((await keep(idIn(third), context)) ?? {})).toContain('Saved: ');
    expect(await keep(idIn(third), context)).toBeUndefined();
    expect(await titles(context)).toEqual(['dam', 'weir']);
  });

  test('keep one article and continue once if pressed several times at once', async () => {
    const context = await contextOf([]);
    for (const sources of [['dam', 'mill'], ['weir']]) {
      const shown = await offer(sources.map(pasted), [], context);
      const replies = await Promise.all([1, 2, 3].map(() => keep(idIn(shown), context)));
      expect(replies.filter(reply => reply !== undefined)).toHaveLength(1);
    }
    expect(await titles(context)).toEqual(['dam', 'weir']);
  });

  test('keep the outlet, author and date of an article whose link is there, where the new text names none', async () => {
    const context = await contextOf([]);
    const link = 'https://news.example/dam';
    const known = { outlet: 'Dam Post', byline: 'Kim Ode', published: '2024-05-01' };
    const metadata = { ...UNKNOWN_METADATA, title: 'The dam', url: link, ...known };
    await context.library.add(metadata, '“It holds,” said Ilse Brandt.');
    const shown = await offer([{ ...pasted('Dam holds'), link }], [], context);
    for (const words of ['Dam Post', 'Kim Ode', '1 May 2024']) expect(textOf(shown)).toContain(words);
    const cleared = { ...(await filledIn(idIn(shown), context)), outlet: '', published: '2 May 2024' };
    const request = { ...context, open: () => Promise.resolve(context) };
    const corrected = await correctDraft({ fields: cleared, files: {} }, request, idIn(shown));
    await keep(idIn(corrected), context);
    const [kept] = await context.library.newest(0, 1);
    expect(kept).toMatchObject({ title: 'Dam holds', outlet: undefined, byline: 'Kim Ode', published: '2024-05-02' });
  });

  test('work only for the person who was shown the draft', async () => {
    const context = await contextOf([]);
    const id = idIn(await offer([pasted('dam')], [], context));
    const other = { ...context, user: { id: '3', mayChange: true } };
    expect([await keep(id, other), await discard(id, other)]).toEqual([undefined, undefined]);
    for (const forged of ['', '\0', '\ud800', "' OR 1=1 --"]) expect(await keep(forged, context)).toBeUndefined();
    expect(await keep(id, context)).toBeDefined();
  });

  test('keep what the preview attributed', async () => {
    const context = await contextOf([]);
    const { library, user } = context;
    const previewed = idIn(await offer([pasted('bridge')], [], context));
    const draft = await library.draft(previewed, user.id);
    if (draft?.derivation === undefined) throw new Error('The preview was not stored.');
    const derived = JSON.stringify({ ...JSON.parse(draft.derivation.derived), attributions: [] });
    const silent = { ...draft, derivation: { ...draft.derivation, derived } };
    await keep((await library.replaceDraft(previewed, silent, user.id)) ?? '', context);
    expect(await library.newest(0, 10)).toMatchObject([{ attributions: 0, speakers: 0 }]);
  });

  test('keep what waits if the limit is reached, until there is room again', async () => {
    let now = 0;
    const context = await contextOf([], new RateLimiter(() => now));
    for (let times = 0; times < 29; times += 1) await offer([pasted('mill')], [], context);
    const first = await offer(['dam', 'weir'].map(pasted), [], context);
    const saved = (await keep(idIn(first), context)) ?? {};
    expect(textOf(saved)).toMatch(/^Saved: dam.+You’ve reached the limit.+Already in the library.+: dam/sv);
    const discarded = (await discard(idIn(saved), context)) ?? {};
    expect(textOf(discarded)).toMatch(/^You’ve reached the limit.+\(1 of 2\)/sv);
    now += 10 * 60_000;
    expect(textOf((await keep(idIn(discarded), context)) ?? {})).toMatch(/^Already in the library.+\(2 of 2\)/sv);
    expect(await titles(context)).toEqual(['dam']);
  });

  test('find nothing if what was stored can’t be read', async () => {
    const context = await contextOf([]);
    const metadata = { title: 'A', titleIsDescriptive: false } as const;
    const unknown = { outlet: undefined, byline: undefined, published: undefined, url: undefined };
    const offer = { rest: [{ kind: 'feed' }], total: 2 };
    const draft = { metadata: { ...metadata, ...unknown }, text: 'A.', offer, derivation: undefined };
    const id = await context.library.holdDraft(draft, context.user.id);
    expect([await keep(id, context), await discard(id, context)]).toEqual([undefined, undefined]);
    expect(await titles(context)).toEqual([]);
  });
});

test('a text that takes too long is refused, and the next one is read', async () => {
  const context = await contextOf([]);
  const { library } = context;
  const previewed = library.preview.bind(library);
  vi.spyOn(library, 'preview').mockImplementation((metadata, text, known) =>
    metadata.title === 'mill' ? Promise.reject(new TooSlow()) : previewed(metadata, text, known),
  );
  const reason = 'This text takes too long to read. Add it in parts.';
  expect(textOf(await offer([pasted('mill')], [], context))).toBe(reason);
  const next = textOf(await offer(['mill', 'dam'].map(pasted), [], context));
  expect(next).toContain(`mill: ${reason}`);
  expect(next).toContain('(2 of 2)');
});

test('a draft names what isn’t known of the article', async () => {
  const text = textOf(await offer([pasted('dam')], [], await contextOf([])));
  expect(text).toContain('-# Not found: outlet, date, link.');
});

describe('the preview says what Keep would change', () => {
  const at = (text: string): Source => ({ kind: 'pasted', title: 'The dam', link: 'https://news.example/dam', text });

  test('different text under a link that is already there', async () => {
    const context = await contextOf([]);
    const first = await offer([at('The dam will hold until spring.')], [], context);
    expect(textOf(first)).not.toContain('already');
    await keep(idIn(first), context);
    const second = await offer([at('The dam will hold until summer.')], [], context);
    expect(textOf(second)).toContain(
      'This link is already in the library with different text: [The dam](<https://news.example/dam>)\n**Keep replaces that text** for good.',
    );
    expect(refusalOf(second)).toBeUndefined();
    expect(textOf((await keep(idIn(second), context)) ?? {})).toContain('Updated: ');
  });

  test('the same words under any link', async () => {
    const context = await contextOf([]);
    await keep(idIn(await offer([pasted('dam')], [], context)), context);
    const again = await offer([pasted('dam')], [], context);
    expect(textOf(again)).toContain('Already in the library, word for word: dam\n**Keep** won’t change anything.');
  });
});

test('a mistyped link loses none of the pasted text, and the preview says it was left out', async () => {
  const context = await contextOf([]);
  const text = 'The dam will hold until spring.';
  const shown = await offer([{ kind: 'pasted', title: 'The dam', link: 'news.example/dam', text }], [], context);
  expect(textOf(shown)).toMatch(/^The link was left out\. .+\n### Keep this article\?/v);
  expect(textOf(shown)).toContain(`> ${text}`);
  await keep(idIn(shown), context);
  expect(await titles(context)).toEqual(['The dam']);
});

/** Returns what the form that corrects a draft is filled in with. */
async function filledIn(id: string, context: Context): Promise<Readonly<Record<string, string>>> {
  const form = await correction(id, context);
  const inputs = form?.components.flatMap(each => ('component' in each ? [each.component] : [])) ?? [];
  return Object.fromEntries(
    inputs.map(input => [input.custom_id, 'value' in input && input.value !== undefined ? input.value : '']),
  );
}

test('a link that is longer than its field of the form stays as it is', async () => {
  const context = await contextOf([]);
  const link = `https://news.example/${'桥'.repeat(200)}`;
  const id = idIn(await offer([{ kind: 'pasted', title: 'The dam', link, text: 'The dam will hold.' }], [], context));
  const corrected = await correctDraft(
    { fields: { ...(await filledIn(id, context)), outlet: 'Post' }, files: {} },
    { ...context, open: () => Promise.resolve(context) },
    id,
  );
  const draft = await context.library.draft(idIn(corrected), context.user.id);
  expect(draft?.metadata).toMatchObject({ outlet: 'Post', url: new URL(link).href });
});

test('an invalid link or empty text doesn’t count towards the limit', async () => {
  const context = await contextOf([], new RateLimiter(() => 0));
  for (let times = 0; times < 40; times += 1) {
    const wrong = await offer([{ kind: 'link', address: 'news.example/dam' }], [], context);
    expect(textOf(wrong)).toContain('That isn’t a complete link');
    const empty = await offer([{ kind: 'pasted', title: 'A', link: '', text: '…' }], [], context);
    expect(textOf(empty)).toContain('no words in the text');
  }
  expect(textOf(await offer([pasted('dam')], [], context))).toContain('Keep this article?');
});
