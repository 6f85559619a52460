import { type Action, decodeAction } from '../replies/actions.ts';
import { forms } from '../replies/form.ts';
import { helpOn } from '../replies/help.ts';
import { userOfDeleteButton } from '../replies/message-buttons.ts';
import { isPrivate as isPrivateReply, notice, type Reply } from '../replies/reply.ts';
import { decodePress } from '../replies/views/index.ts';
import { discard, keep, offer } from './add.ts';
import { remove, restore } from './article.ts';
import { type Context, type RequestContext, refuseWithoutPermission } from './command.ts';
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

/** Answers a form. Its id and fields may be forged. */
export async function answerForm(
  id: string,
  fields: Readonly<Record<string, string>>,
  request: RequestContext,
): Promise<Reply> {
  if (id === forms.erase) return await erase(fields.words ?? '', request);
  const forbidden = refuseWithoutPermission(request);
  if (forbidden !== undefined) return forbidden;
  if (id !== forms.paste) return notice(request.say('stale.form'));
  const { title = '', link = '', text = '' } = fields;
  return await offer([{ kind: 'pasted', title, link, text }], [], await request.open());
}
