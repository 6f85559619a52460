import { PermissionFlagsBits } from 'discord-api-types/v10';
import { eraseForm, type Form } from '../replies/form.ts';
import { bold, escapeMarkdown } from '../replies/parts/markdown.ts';
import { mention, notice, type Reply } from '../replies/reply.ts';
import { type Command, type FilledForm, type RequestContext, refuseWithoutPermission } from './command.ts';
import { showDisputes } from './disputes.ts';
import { described, slashCommand } from './options.ts';
import { refuseAboveLimit } from './rate-limit.ts';

/** In milliseconds. */
const LONGEST_COUNTING = 1_000;

/** Returns what must be typed to erase: the server's name, on one line as a text input shows it. */
function wordsToType({ owner, serverName, say }: RequestContext): string | undefined {
  return owner.kind === 'person'
    ? say('erasing.own-library')
    : serverName?.replaceAll(/\s+/gv, ' ').trim() || undefined;
}

/** Counts the articles; `undefined` if that takes too long for a form, or if the library can't be opened. */
async function countOf(request: RequestContext): Promise<number | undefined> {
  const counted = request.open().then(({ library: opened }) => opened.count());
  const tooLate = new Promise<undefined>(resolve => setTimeout(resolve, LONGEST_COUNTING, undefined));
  return await Promise.race([counted.catch(() => undefined), tooLate]);
}

async function askToErase(request: RequestContext): Promise<Form | Reply> {
  const words = wordsToType(request);
  const forbidden = refuseWithoutPermission(request);
  if (forbidden !== undefined) return forbidden;
  if (words === undefined) return notice(request.say('erasing.no-name-yet'));
  return eraseForm(words, await countOf(request), request.say);
}

/** Erases the library if the right words were typed. */
export async function erase({ fields }: FilledForm, request: RequestContext): Promise<Reply> {
  const refusal = refuseToErase(fields.words ?? '', request);
  if (refusal !== undefined) return refusal;
  await request.erase();
  return notice(request.say('erasing.erased', { add: mention('article add', request.commandIds) }));
}

function refuseToErase(typed: string, request: RequestContext): Reply | undefined {
  const { say } = request;
  const words = wordsToType(request);
  if (words === undefined) return notice(say('erasing.other-name'));
  return typed.replaceAll(/\s+/gv, ' ').trim() === words
    ? refuseAboveLimit('erasing', request)
    : notice(say('erasing.other-words', { words: bold(escapeMarkdown(words)) }));
}

export const library: Command = {
  builder: slashCommand('library')
    .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
    .addSubcommand(subcommand => described(subcommand, 'command.library reports'))
    .addSubcommand(subcommand => described(subcommand, 'command.library erase')),
  advice: [
    { path: 'library reports', group: 'articles', example: [] },
    { path: 'library erase', group: 'articles', example: [] },
  ],
  first: (options, request) =>
    options.subcommand === 'reports' ? refuseWithoutPermission(request) : askToErase(request),
  isPrivate: () => true,
  run: (_options, context) => showDisputes(0, context),
};
