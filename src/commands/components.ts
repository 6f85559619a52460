import { type Action, decodeAction } from '../replies/actions.ts';
import { draftOfForm, type Form, forms } from '../replies/form.ts';
import { helpOn } from '../replies/help.ts';
import { userOfDeleteButton } from '../replies/message-buttons.ts';
import { isPrivate as isPrivateReply, notice, type Reply } from '../replies/reply.ts';
import { decodePress } from '../replies/views/index.ts';
import { correctDraft, correction, discard, keep, offerPasted } from './add.ts';
import { remove, restore } from './article.ts';
import { type Attachment, type Context, type RequestContext, refuseWithoutPermission } from './command.ts';
import { cancelDraft, followDraft } from './feed.ts';
import { commands } from './index.ts';
import { erase } from './library.ts';

/** The answer to a press on a button or a choice from a menu: it replaces the message, or is a new one. */
export interface ComponentAnswer {
  readonly kind: 'update' | 'message';
  readonly reply: Reply;
}

interface Handler {
  readonly needsPermission: boolean;
  /** Returns `undefined` if the draft or article is gone. */
  readonly run: (id: string, context: Context) => Promise<Reply | undefined>;
}

const advice = commands.flatMap(command => command.advice);

const handlers: Readonly<Record<Action['kind'], Handler>> = {
  keep: { needsPermission: true, run: keep },
  discard: { needsPermission: false, run: discard },
  remove: { needsPermission: true, run: remove },
  restore: { needsPermission: true, run: restore },
  follow: { needsPermission: true, run: followDraft },
  cancel: { needsPermission: false, run: cancelDraft },
  help: {
    needsPermission: false,
    run: (id, { commandIds, say }) => Promise.resolve(helpOn(id, advice, commandIds, say)),
  },
  // Answered with a form: see `formOf`.
  edit: { needsPermission: true, run: () => Promise.resolve(undefined) },
  spare: { needsPermission: false, run: (_id, { say }) => Promise.resolve(notice(say('removing.spared'))) },
};

async function runAction({ kind, id }: Action, context: Context): Promise<Reply | undefined> {
  const { needsPermission, run } = handlers[kind];
  const forbidden = needsPermission ? refuseWithoutPermission(context) : undefined;
  return forbidden ?? (await run(id, context));
}

/**
 * Answers a button, or the value of a menu entry. The id may be forged or years old: it leads only to what this library
 * has and this user may do.
 */
export async function answerComponent(id: string, isPrivate: boolean, context: Context): Promise<ComponentAnswer> {
  const action = decodeAction(id);
  if (action !== undefined) {
    const reply = await runAction(action, context);
    if (reply === undefined) return { kind: 'message', reply: notice(context.say('stale.deed')) };
    // Actions are offered in private messages only. In any other they are forged, and that message is left alone.
    return { kind: isPrivate ? 'update' : 'message', reply };
  }
  const press = decodePress(id);
  const reply = await press?.show(context, press.mode === 'peek' || (isPrivate && press.mode !== 'share'));
  if (reply === undefined) return { kind: 'message', reply: notice(context.say('stale.view')) };
  // A notice for the user alone, such as that they have drawn too much, must not replace what everybody sees.
  const replaces = press?.mode === 'turn' && isPrivateReply(reply) === isPrivate;
  return { kind: replaces ? 'update' : 'message', reply };
}

/** Returns the name of a button or menu entry in logs and metrics: one of ours, whatever was sent. */
export function componentName(id: string): string {
  if (userOfDeleteButton(id) !== undefined) return 'button delete';
  const name = decodeAction(id)?.kind ?? decodePress(id)?.view;
  return name === undefined ? 'button' : `button ${name}`;
}

/** True if a button opens a form. */
export function opensForm(id: string): boolean {
  return decodeAction(id)?.kind === 'edit';
}

/** Returns the form that a button opens, or a notice why it doesn't. */
export async function formOf(id: string, context: Context): Promise<Form | Reply> {
  const forbidden = refuseWithoutPermission(context);
  return forbidden ?? (await correction(decodeAction(id)?.id ?? '', context)) ?? notice(context.say('stale.deed'));
}

/** What was filled into a form. Anything may be forged. */
export interface FilledForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, Attachment>>;
}

/** Answers a form. Its id may be forged, too. */
export async function answerForm(
  id: string,
  { fields, files }: FilledForm,
  request: RequestContext,
): Promise<ComponentAnswer> {
  if (id === forms.erase) return { kind: 'message', reply: await erase(fields.words ?? '', request) };
  const forbidden = refuseWithoutPermission(request);
  if (forbidden !== undefined) return { kind: 'message', reply: forbidden };
  if (id === forms.paste)
    return { kind: 'message', reply: await offerPasted(fields, files.file, await request.open()) };
  const draft = draftOfForm(id);
  if (draft === undefined) return { kind: 'message', reply: notice(request.say('stale.form')) };
  const done = await correctDraft(draft, fields, await request.open());
  if (done === undefined) return { kind: 'message', reply: notice(request.say('stale.deed')) };
  return { kind: done.isCorrected ? 'update' : 'message', reply: done.reply };
}
