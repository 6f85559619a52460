import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { Say } from '../wording/say.ts';

/** A modal that opens instead of an answer. */
export type Form = APIModalInteractionResponseCallbackData;

export const forms = { paste: 'paste', erase: 'erase' } as const;

function field(
  label: string,
  description: string,
  input: Omit<APITextInputComponent, 'type' | 'label'>,
): APILabelComponent {
  return { type: ComponentType.Label, label, description, component: { type: ComponentType.TextInput, ...input } };
}

/** Returns the form for an article that is neither a link nor a file. */
export function pasteForm(say: Say): Form {
  return {
    custom_id: forms.paste,
    title: say('pasting.title'),
    components: [
      field(say('pasting.headline'), say('pasting.what-headline'), {
        custom_id: 'title',
        style: TextInputStyle.Short,
        required: true,
        max_length: 300,
      }),
      field(say('pasting.link'), say('pasting.what-link'), {
        custom_id: 'link',
        style: TextInputStyle.Short,
        required: false,
        max_length: 1000,
      }),
      field(say('pasting.text'), say('pasting.what-text'), {
        custom_id: 'text',
        style: TextInputStyle.Paragraph,
        required: true,
        max_length: 4000,
      }),
    ],
  };
}

/**
 * Returns the form that asks for the words to type before a library is erased. `count` is the number of its articles,
 * if known.
 */
export function eraseForm(words: string, count: number | undefined, say: Say): Form {
  return {
    custom_id: forms.erase,
    title: say('erasing.title'),
    components: [
      field(count === undefined ? say('erasing.type') : say('erasing.type-all', { count }), words, {
        custom_id: 'words',
        style: TextInputStyle.Short,
        required: true,
        max_length: 100,
        placeholder: words,
      }),
    ],
  };
}
