import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';
import type { Say } from '../wording/say.ts';

/** A form that opens in place of an answer. */
export type Form = APIModalInteractionResponseCallbackData;

export const forms = { paste: 'paste', erase: 'erase' } as const;

function field(
  label: string,
  description: string,
  input: Omit<APITextInputComponent, 'type' | 'label'>,
): APILabelComponent {
  return { type: ComponentType.Label, label, description, component: { type: ComponentType.TextInput, ...input } };
}

/** For an article that is neither a link nor a file. */
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

/** Asks for the words that must be typed to erase a library of so many articles; `undefined`: it is not known how many. */
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
