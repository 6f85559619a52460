import { article } from './article.ts';
import type { Command } from './command.ts';
import { help } from './help.ts';
import { quote } from './quote.ts';
import { summary } from './summary.ts';
import { who } from './who.ts';

const answering: readonly Command[] = [quote, who, summary, article];

/** Every command there is, in the order in which the help names them. */
export const commands: readonly Command[] = [...answering, help(answering)];
