import type { AdvisedPath, ChoiceName, OptionName } from '../wording/messages.ts';
import type { Say } from '../wording/say.ts';
import { accents, mention, type Reply, reply } from './reply.ts';

/** An option of an example, and its value. */
type Filled = readonly [Exclude<OptionName, 'length'>, string] | readonly ['length', ChoiceName];

/** What `/help` says about one command, and an example that works with the article that ships with the bot. */
export interface Advice {
  readonly path: AdvisedPath;
  readonly example: readonly Filled[];
}

function exampleOf({ path, example }: Advice, say: Say): string {
  return [`/${say(`command.${path}`)}`, ...example.map(filled => optionOf(filled, say))].join(' ');
}

function optionOf(filled: Filled, say: Say): string {
  const value = filled[0] === 'length' ? say(`choice.${filled[1]}`) : filled[1];
  return `${say(`option.${filled[0]}`)}:${value}`;
}

/** Returns what the bot can do. */
export function helpReply(advice: readonly Advice[], ids: ReadonlyMap<string, string>, say: Say): Reply {
  const lines = advice.map(each => {
    const command = mention(each.path, ids);
    return say('help.line', { command, does: say(`advice.${each.path}`), example: exampleOf(each, say) });
  });
  const menus = say('help.menus', { check: say('menu.check quote'), add: say('menu.add to library') });
  const foot = `${menus}\n${say('help.private', { private: say('option.private'), delete: say('button.delete') })}`;
  const texts = [say('help.head'), lines.join('\n'), foot];
  return reply({ accent: accents.article, texts, private: true });
}
