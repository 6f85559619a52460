import * as z from 'zod/mini';
import type { AttributedArticle } from '../../attribution/attribution.ts';
import { parts } from '../custom-id.ts';
import { ROOM, weight } from '../limits.ts';
import { titleLine } from '../parts/citation.ts';
import { passageOfStatement } from '../parts/passage.ts';
import { statementWithin } from '../parts/statement.ts';
import { ACCENTS, type Audience, type Reply, reply } from '../reply.ts';
import { excerptControls } from './excerpts.ts';
import { controlsOf, defineView, pageWithin, type View } from './view.ts';

/** Everything that an article quotes. */
const shape = z.object({ page: parts.page, article: parts.article });
type QuotesState = z.infer<typeof shape>;

export const quotesView: View<QuotesState> = defineView({
  name: 'quotes',
  pageDigits: 3,
  letter: 'o',
  form: /^o(?<article>[\w\-]{6})$/v,
  state: shape,
  async show(state, context) {
    const from = await context.library.articleOfCode(state.article);
    return from === undefined || from.attributions.length === 0 ? undefined : quotesReply(from, state, context);
  },
});

const ON_PAGE = 4;

/** Returns a page of an article's quotes, in the order of the text. */
function quotesReply(from: AttributedArticle, state: QuotesState, audience: Audience): Reply {
  const { say } = audience;
  const { article, attributions } = from;
  const title = `### ${titleLine(article, say)}`;
  const pages = Math.ceil(attributions.length / ON_PAGE);
  const page = pageWithin(state.page, pages);
  const each = Math.floor((ROOM - weight(title)) / ON_PAGE) - 40;
  const shown = attributions.slice(page * ON_PAGE, (page + 1) * ON_PAGE);
  const passages = shown.map(attribution => passageOfStatement({ from, attribution }));
  return reply({
    accent: ACCENTS.article,
    texts: [title, ...shown.map(attribution => statementWithin({ from, attribution }, each, say))],
    ...controlsOf(quotesView, { ...state, page }, pages, audience, excerptControls(passages, say)),
  });
}
