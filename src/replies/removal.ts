import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Say } from '../wording/say.ts';
import { button, rowsOf } from './buttons.ts';
import { titleLine } from './citation.ts';
import { encodeDeed, longestDeedId } from './deed.ts';
import { measures } from './list.ts';
import { small } from './markdown.ts';
import { accents, type Reply, reply } from './reply.ts';

const undoable = 'For 10 minutes that can be undone; then nothing of it is left.';

/** Asks once, and says what goes. `value` is what the article is called in a button. */
export function removalQuestion(from: AttributedArticle, value: string, say: Say): Reply {
  const texts = [
    '### Remove this article?',
    titleLine(from.article, say),
    small(measures(from, say)),
    `It goes from the library, and no answer finds or cites it any more. ${undoable}`,
  ];
  return reply({
    accent: accents.unclear,
    texts: [texts.join('\n')],
    buttons: rowsOf([
      button('Remove', encodeDeed({ kind: 'remove', id: value }), 'danger'),
      button('Leave it', encodeDeed({ kind: 'spare', id: '-' })),
    ]),
    private: true,
  });
}

export function removedReply({ article }: AttributedArticle, say: Say): Reply {
  const undo = article.id.length <= longestDeedId ? [encodeDeed({ kind: 'restore', id: article.id })] : [];
  return reply({
    accent: accents.unclear,
    texts: [`Removed: ${titleLine(article, say)}\n${small('For 10 minutes this can be undone.')}`],
    buttons: rowsOf(undo.map(id => button('Undo', id))),
    private: true,
  });
}
