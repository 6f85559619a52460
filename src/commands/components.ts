import { type Action, decodeAction } from '../replies/custom-id.ts';
import type { Form } from '../replies/form.ts';
import { helpOn } from '../replies/help.ts';
import { isPrivate as isPrivateReply, notice, type Reply } from '../replies/reply.ts';
import { answerView } from '../replies/views/answer.ts';
import { articleView } from '../replies/views/article.ts';
import { cardView } from '../replies/views/card.ts';
import { compareView } from '../replies/views/compare.ts';
import { feedsView, watchesView } from '../replies/views/following.ts';
import { libraryView } from '../replies/views/library.ts';
import { personView } from '../replies/views/person.ts';
import { likeView, quoteView } from '../replies/views/quote.ts';
import { quotesView } from '../replies/views/quotes.ts';
import { speakersView } from '../replies/views/speakers.ts';
import { summaryView } from '../replies/views/summary.ts';
import { timelineView } from '../replies/views/timeline.ts';
import type { Press } from '../replies/views/view.ts';
import { whoSaidView } from '../replies/views/who-said.ts';
import { correctDraft, correction, discard, keep, offerPasted } from './add.ts';
import { remove, undoRemoval } from './article.ts';
import {
  type ComponentAnswer,
  type Context,
  type FilledForm,
  type RequestContext,
  refuseWithoutPermission,
} from './command.ts';
import { decideDispute, disputeSpeaker, openDisputes } from './disputes.ts';
import { cancelDraft, followDraft } from './feed.ts';
import { adviceFor } from './help.ts';
import { commands } from './index.ts';
import { erase } from './library.ts';
import { answerAbout, questionAbout } from './request.ts';

/** What a button, a menu entry or a form does, given what follows the prefix of its id. */
type Handler =
  /** Answers; `undefined` if the draft or article is gone. */
  | {
      readonly kind: 'answer';
      readonly needsPermission: boolean;
      run(argument: string, context: Context): Promise<Reply | undefined>;
    }
  /** Answers the user alone, in another message; `undefined` if what it is about is gone. */
  | { readonly kind: 'aside'; run(argument: string, context: Context): Promise<Reply | undefined> }
  /** Opens a form; `undefined` if the draft or article is gone. */
  | {
      readonly kind: 'opener';
      readonly needsPermission: boolean;
      open(argument: string, context: Context): Promise<Form | undefined>;
    }
  /** Answers a form that was filled in; `undefined` if its draft or article is gone. */
  | {
      readonly kind: 'form';
      readonly needsPermission: boolean;
      /** Whether the answer replaces the message that the form was opened from. */
      readonly answers: ComponentAnswer['kind'];
      submit(filled: FilledForm, request: RequestContext, argument: string): Promise<Reply | undefined>;
    }
  /** Acts on the message that the button is on: see `discord/dispatch.ts`. */
  | { readonly kind: 'message' }
  | { readonly kind: 'view'; readonly press: Press };

const HANDLERS: Readonly<Record<Action, Handler>> = {
  keep: { kind: 'answer', needsPermission: true, run: keep },
  discard: { kind: 'answer', needsPermission: false, run: discard },
  follow: { kind: 'answer', needsPermission: true, run: followDraft },
  cancel: { kind: 'answer', needsPermission: false, run: cancelDraft },
  edit: { kind: 'opener', needsPermission: true, open: correction },
  remove: { kind: 'answer', needsPermission: true, run: remove },
  restore: { kind: 'answer', needsPermission: true, run: undoRemoval },
  spare: { kind: 'answer', needsPermission: false, run: async (_, { say }) => notice(say('removing.spared')) },
  help: {
    kind: 'answer',
    needsPermission: false,
    run: async (path, { user, commandIds, say }) => helpOn(path, adviceFor(user, commands), commandIds, say),
  },
  share: { kind: 'message' },
  add: { kind: 'message' },
  delete: { kind: 'message' },
  stop: { kind: 'message' },
  ask: { kind: 'opener', needsPermission: false, open: questionAbout },
  dispute: { kind: 'aside', run: disputeSpeaker },
  decide: { kind: 'answer', needsPermission: true, run: decideDispute },
  reports: { kind: 'answer', needsPermission: true, run: openDisputes },
  'form paste': { kind: 'form', needsPermission: true, answers: 'message', submit: offerPasted },
  'form erase': { kind: 'form', needsPermission: true, answers: 'message', submit: erase },
  'form edit': { kind: 'form', needsPermission: true, answers: 'update', submit: correctDraft },
  'form ask': { kind: 'form', needsPermission: false, answers: 'message', submit: answerAbout },
};

const VIEWS: readonly { decode(id: string): Press | undefined }[] = [
  quoteView,
  likeView,
  whoSaidView,
  personView,
  summaryView,
  articleView,
  cardView,
  speakersView,
  compareView,
  timelineView,
  libraryView,
  quotesView,
  feedsView,
  watchesView,
  answerView,
];

export type Component = Handler & {
  /** For logs and metrics. */
  readonly name: string;
  readonly argument: string;
};

/** Returns what an id leads to; `undefined` if this bot never wrote it. */
export function componentOf(id: string): Component | undefined {
  const decoded = decodeAction(id);
  if (decoded !== undefined) {
    const { action, argument } = decoded;
    return { ...HANDLERS[action], name: action, argument };
  }
  for (const view of VIEWS) {
    const press = view.decode(id);
    if (press !== undefined) return { kind: 'view', press, name: press.view, argument: '' };
  }
  return undefined;
}

/** Returns the name of a button or menu entry in logs and metrics: one of ours, whatever was sent. */
export function buttonName(id: string): string {
  const component = componentOf(id);
  return component === undefined || component.kind === 'form' ? 'button' : `button ${component.name}`;
}

/** Returns the name of a form in logs and metrics: one of ours, whatever was sent. */
export function formName(id: string): string {
  const component = componentOf(id);
  return component?.kind === 'form' ? component.name : 'form';
}

/** Returns the refusal for users who may not use a component. */
function refuse({ needsPermission }: { readonly needsPermission: boolean }, request: Pick<Context, 'user' | 'say'>) {
  return needsPermission ? refuseWithoutPermission(request) : undefined;
}

/**
 * Answers a button, or the value of a menu entry. The id may be forged or years old: it leads only to what this library
 * has and this user may do. `isPrivate` of the context is that of the message.
 */
export async function answerComponent(id: string, context: Context): Promise<ComponentAnswer> {
  const { isPrivate, say } = context;
  const component = componentOf(id);
  if (component?.kind === 'answer') {
    const reply = refuse(component, context) ?? (await component.run(component.argument, context));
    if (reply === undefined) return { kind: 'message', reply: notice(say('stale.deed')) };
    // In a public message it is **Decide** below a post, or forged. Either way that message is left alone.
    return { kind: isPrivate ? 'update' : 'message', reply };
  }
  const press = component?.kind === 'view' ? component.press : undefined;
  const reply =
    component?.kind === 'aside'
      ? await component.run(component.argument, context)
      : await press?.show({ ...context, isPrivate: press.mode === 'peek' || (isPrivate && press.mode !== 'share') });
  if (reply === undefined) return { kind: 'message', reply: notice(say('stale.view')) };
  // A notice for the user alone, such as that they have drawn too much, must not replace what everybody sees.
  const replaces = press?.mode === 'turn' && isPrivateReply(reply) === isPrivate;
  return { kind: replaces ? 'update' : 'message', reply };
}

/** Returns the form that a button opens, or a notice why it doesn't. */
export async function formOf(component: Component & { kind: 'opener' }, context: Context): Promise<Form | Reply> {
  return (
    refuse(component, context) ??
    (await component.open(component.argument, context)) ??
    notice(context.say('stale.deed'))
  );
}

/** Answers a form. Its id may be forged, too. */
export async function answerForm(id: string, filled: FilledForm, request: RequestContext): Promise<ComponentAnswer> {
  const component = componentOf(id);
  const form = component?.kind === 'form' ? component : undefined;
  const refusal = form && refuse(form, request);
  if (refusal !== undefined) return { kind: 'message', reply: refusal };
  const reply = await form?.submit(filled, request, form.argument);
  return form === undefined || reply === undefined
    ? { kind: 'message', reply: notice(request.say('stale.form')) }
    : { kind: form.answers, reply };
}
