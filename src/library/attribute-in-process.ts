/** A process of an attributor: takes articles as texts, one at a time, and answers with all that is derived from each. */
import { attribute } from '../attribution/attribute.ts';
import { toArticle } from '../news/article.ts';
import { derivationOf, type Text } from './store/derived.ts';

// Its parent decides when it ends: what stops the bot at the terminal reaches this process, too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

process.on('message', ({ id, text, updated, ...masthead }: Text) => {
  // A parent that has ended waits for nothing.
  process.send?.(derivationOf(attribute(toArticle(id, masthead, text))), () => undefined);
});
