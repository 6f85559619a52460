import type { Choice, Command, CommandOption, OptionValue } from '../discord.ts';

/** A runnable command: `/quote`, or a subcommand such as `/who said`. */
export interface Leaf {
  readonly command: Command;
  /** The localised name without the slash. */
  readonly path: string;
  /** The unlocalised name. */
  readonly original: string;
  /** Subcommand group and subcommand, outermost first. */
  readonly steps: readonly CommandOption[];
  readonly description: string;
  readonly options: readonly CommandOption[];
}

/** The input for an option. `chosen` is the value of an accepted suggestion. */
export interface Entry {
  readonly text: string;
  readonly chosen: string | number | undefined;
}

/** Returns the unlocalised name, which Discord sends. */
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

/** Returns the commands that start with `typed`, then those that contain it. English names match too. */
export function suggestLeaves(leaves: readonly Leaf[], typed: string): readonly Leaf[] {
  const wanted = typed.trimStart().toLowerCase();
  const begins = leaves.filter(leaf => namesOf(leaf).some(name => name.startsWith(wanted)));
  const holds = leaves.filter(leaf => !begins.includes(leaf) && namesOf(leaf).some(name => name.includes(wanted)));
  return [...begins, ...holds];
}

function namesOf({ path, original }: Leaf): readonly string[] {
  return [path, original];
}

/** Returns the command whose name a text begins with: `/feed list` is of `feed`. */
export function findNamed(commands: readonly Command[], text: string): Command | undefined {
  return commands.find(command =>
    [command.name, originalOf(command)].some(name => `${text.trim()} `.startsWith(`/${name} `)),
  );
}

export interface Typed {
  readonly leaf: Leaf;
  /** Text by localised option name, in the order typed. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Parses `/quote words:open lines speaker:Xi`. Returns undefined without a full command name and a space. */
export function readTyped(leaves: readonly Leaf[], text: string): Typed | undefined {
  if (!text.startsWith('/')) return undefined;
  const named = leaves.flatMap(leaf => namesOf(leaf).map(name => ({ leaf, name })));
  const longest = named.toSorted((a, b) => b.name.length - a.name.length);
  const found = longest.find(({ name }) => text.startsWith(`/${name} `));
  return found && { leaf: found.leaf, texts: splitOptions(found.leaf.options, text.slice(found.name.length + 2)) };
}

/** Splits `open lines speaker:Xi` at option names. Words before any name belong to the first option. */
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

/** Returns the only values an option allows, or undefined for free text. */
export function fixedChoices(option: CommandOption): readonly Choice[] | undefined {
  if (option.type === 5) return BOOLEANS;
  return option.choices && option.choices.length > 0 ? option.choices : undefined;
}

/** Nests the values in their subcommand, if any. */
export function nest(leaf: Leaf, values: readonly OptionValue[]): readonly OptionValue[] {
  let options = values;
  for (const step of leaf.steps.toReversed()) options = [{ type: step.type, name: originalOf(step), options }];
  return options;
}
