import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Say } from '../wording/say.ts';
import { button, rowsOf } from './buttons.ts';
import { titleLine } from './citation.ts';
import { encodeDeed, longestDeedId } from './deed.ts';
import { measures } from './list.ts';
import { small } from './markdown.ts';
import { accents, type Reply, reply } from './reply.ts';

/** Asks once, and says what goes. `value` is what the article is called in a button. */
export function removalQuestion(from: AttributedArticle, value: string, say: Say): Reply {
  const texts = [
    `### ${say('removing.question')}`,
    titleLine(from.article, say),
    small(measures(from, say)),
    say('removing.what-goes'),
  ];
  return reply({
    accent: accents.unclear,
    texts: [texts.join('\n')],
    buttons: rowsOf([
      button(say('removing.button-remove'), encodeDeed({ kind: 'remove', id: value }), 'danger'),
      button(say('removing.button-spare'), encodeDeed({ kind: 'spare', id: '-' })),
    ]),
    private: true,
  });
}

export function removedReply({ article }: AttributedArticle, say: Say): Reply {
  const undo = article.id.length <= longestDeedId ? [encodeDeed({ kind: 'restore', id: article.id })] : [];
  return reply({
    accent: accents.unclear,
    texts: [`${say('removing.removed', { title: titleLine(article, say) })}\n${small(say('removing.undoable'))}`],
    buttons: rowsOf(undo.map(id => button(say('removing.button-undo'), id))),
    private: true,
  });
}
