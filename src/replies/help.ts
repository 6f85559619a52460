import type { ChoiceName, OptionName, Path } from '../wording/messages.ts';
import { format, isKey, type Say } from '../wording/say.ts';
import { actionId } from './custom-id.ts';
import { bold, small } from './parts/markdown.ts';
import { ACCENTS, entry, mention, menuOf, type Reply, reply } from './reply.ts';

const GROUPS = ['find', 'people', 'check', 'articles', 'follow'] as const;

/** An option of an example, and its value. */
type ExampleOption = readonly [Exclude<OptionName, 'length'>, string] | readonly ['length', ChoiceName];

/** What `/help` says about one command, and an example that works with the article that ships with the bot. */
export interface Advice {
  readonly path: Path;
  /** Where the overview names it. */
  readonly group: (typeof GROUPS)[number];
  readonly example: readonly ExampleOption[];
  /** Only for those who may change the library, though others may use the rest of its command. */
  readonly manages?: true;
}

function exampleOf({ path, example }: Advice, say: Say): string {
  return [`/${say(`command.${path}`)}`, ...example.map(filled => optionOf(filled, say))].join(' ');
}

function optionOf(filled: ExampleOption, say: Say): string {
  const value = filled[0] === 'length' ? say(`choice.${filled[1]}`) : filled[1];
  return `${say(`option.${filled[0]}`)}:${value}`;
}

/** Returns a menu of all commands, from which one is explained. */
function menuOfCommands(advice: readonly Advice[], say: Say) {
  const entries = advice.map(({ path }) =>
    entry(`/${say(`command.${path}`)}`, actionId('help', path), say(`command.${path}.does`)),
  );
  return menuOf(say('help.menu'), entries);
}

/**
 * Returns each command with what it does, in groups. `mayAdd` is true for those who may add articles. The notes are
 * Markdown on one line each.
 */
export function helpReply(
  advice: readonly Advice[],
  mayAdd: boolean,
  ids: ReadonlyMap<string, string>,
  say: Say,
  notes: readonly string[],
): Reply {
  const groups = GROUPS.flatMap(group => {
    const commands = advice.filter(each => each.group === group);
    const lines = commands.map(({ path }) => `- ${mention(path, ids)} ${say(`command.${path}.does`)}`);
    return lines.length === 0 ? [] : [[bold(say(`help.${group}`)), ...lines].join('\n')];
  });
  const menus = say(mayAdd ? 'help.menus' : 'help.menus-reading', {
    ...{ who: say('menu.who said this'), check: say('menu.check quote'), card: say('menu.quote card') },
    ...{ summary: say('menu.summary of the link'), add: say('menu.add to library') },
  });
  const hidden = say('help.private', { private: say('option.private'), delete: say('button.delete') });
  const foot = [...notes, menus, hidden].join('\n');
  return reply({
    accent: ACCENTS.article,
    texts: [say('help.head'), groups.join('\n'), foot],
    menu: menuOfCommands(advice, say),
    private: true,
  });
}

/** Returns what one command does, with an example; `undefined` if there is no such command. */
export function helpOn(
  path: string,
  advice: readonly Advice[],
  ids: ReadonlyMap<string, string>,
  say: Say,
): Reply | undefined {
  const asked = advice.find(each => each.path === path);
  if (asked === undefined) return undefined;
  const does = `${mention(asked.path, ids)} ${say(`command.${asked.path}.does`)}`;
  const more = `advice.${asked.path}`;
  const advised = isKey(more) ? [format({ key: more, values: {} }, say.language)] : [];
  const example = small(say('help.example', { example: exampleOf(asked, say) }));
  return reply({
    accent: ACCENTS.article,
    texts: [[does, ...advised, example].join('\n'), small(say('help.back', { help: mention('help', ids) }))],
    menu: menuOfCommands(advice, say),
    private: true,
  });
}
