import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Say } from '../wording/say.ts';
import { actionId, LONGEST_ARGUMENT } from './custom-id.ts';
import { titleLine } from './parts/citation.ts';
import { small } from './parts/markdown.ts';
import { accents, button, type Reply, reply, rowsOf } from './reply.ts';
import { measures } from './views/library.ts';

/** Asks whether to remove an article, and says what goes with it. `value` identifies the article in the button. */
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
      button(say('removing.button-remove'), actionId('remove', value), 'danger'),
      button(say('removing.button-spare'), actionId('spare', '-')),
    ]),
    private: true,
  });
}

export function removedReply({ article }: AttributedArticle, say: Say): Reply {
  const undo = article.id.length <= LONGEST_ARGUMENT ? [actionId('restore', article.id)] : [];
  return reply({
    accent: accents.unclear,
    texts: [`${say('removing.removed', { title: titleLine(article, say) })}\n${small(say('removing.undoable'))}`],
    buttons: rowsOf(undo.map(id => button(say('removing.button-undo'), id))),
    private: true,
  });
}
