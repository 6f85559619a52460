import type { AttributedArticle } from '../attribution/attribution.ts';
import type { Say } from '../wording/say.ts';
import { titleLine } from './parts/citation.ts';
import { small } from './parts/markdown.ts';
import { accents, button, limits, type Reply, reply, rowsOf } from './reply.ts';
import { measures } from './views/list.ts';

/** What a button does, where it does more than show: to a draft, by its unguessable id, or to an article, by its own. */
export interface Deed {
  readonly kind: 'keep' | 'discard' | 'remove' | 'spare' | 'restore';
  readonly id: string;
}

/** Told apart from the letters that begin the ids of views. */
const letters = { keep: 'K', discard: 'D', remove: 'R', spare: 'N', restore: 'U' } as const;
const kinds = ['keep', 'discard', 'remove', 'spare', 'restore'] as const;

/** Longer ids do not fit into a button. */
const longestDeedId = limits.customId - 1;

export function encodeDeed({ kind, id }: Deed): string {
  return letters[kind] + id;
}

/** What a custom_id asks for; `undefined` where it is that of no deed. Whether there is such a draft or article is for the caller. */
export function decodeDeed(customId: string): Deed | undefined {
  const kind = kinds.find(each => customId.startsWith(letters[each]));
  return kind === undefined || customId.length < 2 ? undefined : { kind, id: customId.slice(1) };
}

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
