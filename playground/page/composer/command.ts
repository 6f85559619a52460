import type { Choice, Command, CommandOption, OptionValue } from '../discord.ts';

/** A command that can be run: `/quote`, or one subcommand such as `/who said`. */
export interface Leaf {
  readonly command: Command;
  /** As it is typed, without the slash. */
  readonly path: string;
  /** The same as Discord sends it, in whatever language it is shown. */
  readonly original: string;
  /** Subcommand group and subcommand, outermost first. */
  readonly steps: readonly CommandOption[];
  readonly description: string;
  readonly options: readonly CommandOption[];
}

/** What a person has put into one option; `chosen` is the value behind a suggestion that was taken. */
export interface Entry {
  readonly text: string;
  readonly chosen: string | number | undefined;
}

/** The name by which Discord sends it. */
export function originalOf({ name, original }: Command | CommandOption): string {
  return original ?? name;
}

export function leavesOf(commands: readonly Command[]): readonly Leaf[] {
  return commands.filter(({ type }) => type === undefined || type === 1).flatMap(command => descend(command, []));
}

function descend(command: Command, steps: readonly CommandOption[]): readonly Leaf[] {
  const here = steps.at(-1) ?? command;
  const inner = (here.options ?? []).filter(({ type }) => type === 1 || type === 2);
  if (inner.length > 0) return inner.flatMap(step => descend(command, [...steps, step]));
  const path = [command.name, ...steps.map(({ name }) => name)].join(' ');
  const original = [command, ...steps].map(originalOf).join(' ');
  return [{ command, path, original, steps, description: here.description, options: here.options ?? [] }];
}

/** The commands that `/typed` may become: those that begin with it, then those that hold it anywhere; in English, too. */
export function suggestLeaves(leaves: readonly Leaf[], typed: string): readonly Leaf[] {
  const wanted = typed.trimStart().toLowerCase();
  const begins = leaves.filter(leaf => namesOf(leaf).some(name => name.startsWith(wanted)));
  const holds = leaves.filter(leaf => !begins.includes(leaf) && namesOf(leaf).some(name => name.includes(wanted)));
  return [...begins, ...holds];
}

function namesOf({ path, original }: Leaf): readonly string[] {
  return [path, original];
}

export interface Typed {
  readonly leaf: Leaf;
  /** Option name as it is shown to text, in the order in which they were typed. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads `/quote words:open lines speaker:Xi`; undefined while no command's whole name and a space stand there. */
export function readTyped(leaves: readonly Leaf[], text: string): Typed | undefined {
  if (!text.startsWith('/')) return undefined;
  const named = leaves.flatMap(leaf => namesOf(leaf).map(name => ({ leaf, name })));
  const longest = named.toSorted((a, b) => b.name.length - a.name.length);
  const found = longest.find(({ name }) => text.startsWith(`/${name} `));
  return found && { leaf: found.leaf, texts: splitOptions(found.leaf.options, text.slice(found.name.length + 2)) };
}

/** Cuts `open lines speaker:Xi` at the names of options. Words before any name belong to the first option. */
export function splitOptions(options: readonly CommandOption[], text: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const names = new Map(
    options.flatMap(
      option =>
        [
          [originalOf(option), option.name],
          [option.name, option.name],
        ] as const,
    ),
  );
  let name = options[0]?.name;
  for (const piece of text.split(/(?<=\s)/v)) {
    const colon = piece.indexOf(':');
    const named = colon > 0 ? names.get(piece.slice(0, colon)) : undefined;
    const rest = named === undefined ? piece : piece.slice(colon + 1);
    name = named ?? name;
    if (name !== undefined && (named !== undefined || rest.trim() !== '' || texts.has(name))) {
      texts.set(name, (texts.get(name) ?? '') + rest);
    }
  }
  return new Map([...texts].map(([key, value]) => [key, value.trim()]));
}

const BOOLEANS: readonly Choice[] = [
  { name: 'True', value: 'true' },
  { name: 'False', value: 'false' },
];

/** The only values an option takes, or undefined when anything may be typed. */
export function fixedChoices(option: CommandOption): readonly Choice[] | undefined {
  if (option.type === 5) return BOOLEANS;
  return option.choices && option.choices.length > 0 ? option.choices : undefined;
}

/** Puts the values where Discord has them: inside their subcommand, if there is one. */
export function nest(leaf: Leaf, values: readonly OptionValue[]): readonly OptionValue[] {
  let options = values;
  for (const step of leaf.steps.toReversed()) options = [{ type: step.type, name: originalOf(step), options }];
  return options;
}
