import * as z from 'zod/mini';
import type { AttributedArticle } from '../../attribution/attribution.ts';
import type { ArticleSummary } from '../../library/store/stored.ts';
import type { Say } from '../../wording/say.ts';
import { parts } from '../custom-id.ts';
import { ROOM, weight } from '../limits.ts';
import { type CitationSource, titleLine } from '../parts/citation.ts';
import { small } from '../parts/markdown.ts';
import { ACCENTS, type Audience, type Reply, reply, typed } from '../reply.ts';
import { controlsOf, defineView, pageWithin, type View } from './view.ts';

/** All articles, or those like the words. */
const shape = z.object({ page: parts.page, words: parts.words });
type LibraryState = z.infer<typeof shape>;

export const libraryView: View<LibraryState> = defineView({
  name: 'library',
  pageDigits: 3,
  letter: 'n',
  form: /^n(?<words>.*)$/sv,
  state: shape,
  async show({ page, words }, context) {
    const { library, search } = context;
    const like = words === '' ? undefined : await search.articles(words);
    const total = like === undefined ? await library.count() : like.length;
    // Articles may have been removed since the button was made.
    const existing = pageWithin(page, Math.ceil(total / ARTICLES_ON_PAGE));
    const from = existing * ARTICLES_ON_PAGE;
    const articles = like?.slice(from, from + ARTICLES_ON_PAGE) ?? (await library.newest(from, ARTICLES_ON_PAGE));
    return articles.length === 0 ? undefined : libraryReply({ articles, total }, { page: existing, words }, context);
  },
});

export const ARTICLES_ON_PAGE = 8;

const ROOM_FOR_HEAD = 200;
const ROOM_FOR_ENTRY = Math.floor((ROOM - ROOM_FOR_HEAD) / ARTICLES_ON_PAGE) - 1;

interface ListPage {
  readonly articles: readonly ArticleSummary[];
  /** On all pages together. */
  readonly total: number;
}

type Measures = Pick<ArticleSummary, 'paragraphs' | 'attributions' | 'speakers'>;

function quotesIn({ attributions, speakers }: Measures, say: Say): string {
  if (attributions === 0) return say('measures.nobody');
  if (speakers === 0) return say('measures.quotes', { count: attributions });
  return say('measures.quotes-by', { quotes: attributions, speakers });
}

function measuresOf(listed: Measures, say: Say): string {
  return `${say('measures.paragraphs', { count: listed.paragraphs })} · ${quotesIn(listed, say)}`;
}

/** Returns "12 paragraphs · 5 quotes by 3 speakers". */
export function measures({ article, attributions }: AttributedArticle, say: Say): string {
  const speakers = new Set(attributions.flatMap(each => each.speaker?.id ?? [])).size;
  return measuresOf({ paragraphs: article.paragraphs.length, attributions: attributions.length, speakers }, say);
}

/** Leaves out a link that is so long that fewer articles would fit on this page than on others. */
function entry(listed: ArticleSummary, say: Say): string {
  const lines = (titled: CitationSource) => `${titleLine(titled, say)}\n${small(measuresOf(listed, say))}`;
  const whole = lines(listed);
  return weight(whole) <= ROOM_FOR_ENTRY ? whole : lines({ ...listed, url: undefined });
}

function headOf(total: number, words: string, say: Say): string {
  return `### ${words === '' ? say('listing.all', { total }) : say('listing.like', { total, words: typed(words, say) })}`;
}

/** Returns a page of articles: those like the words, the best first, or all, the newest first. */
export function libraryReply({ articles, total }: ListPage, state: LibraryState, audience: Audience): Reply {
  const { say } = audience;
  return reply({
    accent: ACCENTS.article,
    texts: [headOf(total, state.words, say), articles.map(each => entry(each, say)).join('\n')],
    ...controlsOf(libraryView, state, Math.ceil(total / ARTICLES_ON_PAGE), audience),
  });
}
