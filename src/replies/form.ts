import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import { codeOf } from '../library/store/keys.ts';
import type { Article, Metadata } from '../news/article.ts';
import type { Key } from '../wording/messages.ts';
import type { Say } from '../wording/say.ts';
import { actionId } from './custom-id.ts';
import { plainTitle } from './parts/citation.ts';

/** A modal that opens instead of an answer. */
export type Form = APIModalInteractionResponseCallbackData;

/** Returns a text input on one line that may stay empty, unless `more` says otherwise. */
function field(
  id: string,
  [label, description]: readonly [string, string],
  maxLength: number,
  more: Partial<APITextInputComponent> = {},
): APILabelComponent {
  const input = { style: TextInputStyle.Short, required: false, max_length: maxLength, ...more };
  return {
    type: ComponentType.Label,
    label,
    description,
    component: { ...input, type: ComponentType.TextInput, custom_id: id },
  };
}

/** Returns the form for an article that isn't a link: its text, or a file, which can be longer. Both are two articles. */
export function pasteForm(say: Say): Form {
  return {
    custom_id: actionId('form paste'),
    title: say('pasting.title'),
    components: [
      field('title', [say('pasting.headline'), say('pasting.what-headline')], 300),
      field('link', [say('pasting.link'), say('pasting.what-link')], 1000),
      field('text', [say('pasting.text'), say('pasting.what-text')], 4000, { style: TextInputStyle.Paragraph }),
      {
        type: ComponentType.Label,
        label: say('pasting.file'),
        description: say('pasting.what-file'),
        component: { type: ComponentType.FileUpload, custom_id: 'file', required: false, max_values: 1 },
      },
    ],
  };
}

/** The fields of the form that corrects a draft, with the most UTF-16 units that they take. */
const LONGEST = { title: 300, outlet: 100, byline: 200, published: 40, link: 1000 } as const;
export type CorrectedField = keyof typeof LONGEST;

/** The labels of its fields. */
export const FIELDS = {
  title: 'pasting.headline',
  outlet: 'editing.outlet',
  byline: 'editing.byline',
  published: 'editing.date',
  link: 'pasting.link',
} as const satisfies Readonly<Record<CorrectedField, Key>>;

/** Returns what that form shows of a value, which may be longer than its field. */
export function shownIn(id: CorrectedField, value: string | undefined): string {
  return (value ?? '').slice(0, LONGEST[id]);
}

/**
 * Returns the form that corrects what a draft says of its article. It is full: Discord shows at most five fields.
 * `unread` is what was typed before into fields, and couldn't be read.
 */
export function correctionForm(
  draft: string,
  { title, outlet, byline, published, url }: Metadata,
  unread: Readonly<Record<string, string>>,
  say: Say,
): Form {
  const line = (id: CorrectedField, about: string, value: string | undefined) => {
    const shown = shownIn(id, unread[id] ?? value);
    const more = { required: id === 'title', ...(shown === '' ? {} : { value: shown }) };
    return field(id, [say(FIELDS[id]), about], LONGEST[id], more);
  };
  return {
    custom_id: actionId('form edit', draft),
    title: say('editing.title'),
    components: [
      line('title', say('pasting.what-headline'), title),
      line('outlet', say('editing.what-outlet'), outlet),
      line('byline', say('editing.what-byline'), byline),
      line('published', say('editing.what-date'), published),
      line('link', say('pasting.what-link'), url),
    ],
  };
}

/**
 * Returns the form that asks for the words to type before a library is erased. `count` is the number of its articles,
 * if known.
 */
export function eraseForm(words: string, count: number | undefined, say: Say): Form {
  const label = count === undefined ? say('erasing.type') : say('erasing.type-all', { count });
  return {
    custom_id: actionId('form erase'),
    title: say('erasing.title'),
    components: [field('words', [label, words], 100, { required: true, placeholder: words })],
  };
}

/** In UTF-16 units, of a question, and of the description of a field. */
const LONGEST_QUESTION = 300;
const LONGEST_DESCRIPTION = 100;

/** Returns the form that asks for a question about an article. */
export function questionForm(article: Article, say: Say): Form {
  const about = [say('asking-article.question'), plainTitle(article, LONGEST_DESCRIPTION)] as const;
  return {
    custom_id: actionId('form ask', codeOf(article.id)),
    title: say('button.ask-article'),
    components: [field('question', about, LONGEST_QUESTION, { required: true })],
  };
}
