import type { Key } from './say.ts';

/** What stands behind a prefix in keys: `who said` of `advice.who said`. */
type After<Prefix extends string, Of extends Key = Key> = Of extends `${Prefix}.${infer Rest}` ? Rest : never;
/** `option.words` is a name, `option.words.does` is about it. */
type Name<Rest> = Rest extends `${string}.${string}` ? never : Rest;

/** A command or a subcommand as it is typed: `who said`. */
export type Path = Name<After<'command'>>;
export type OptionName = Name<After<'option'>>;
/** A command in the menu of a message. */
export type MenuName = After<'menu'>;
/** A value that an option offers. */
export type ChoiceName = After<'choice'>;
/** A path that the help tells about. */
export type AdvisedPath = After<'advice'>;
