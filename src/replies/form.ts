import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord-api-types/v10';

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
export function pasteForm(): Form {
  return {
    custom_id: forms.paste,
    title: 'Add an article',
    components: [
      field('Title', 'The headline as it was published', {
        custom_id: 'title',
        style: TextInputStyle.Short,
        required: true,
        max_length: 300,
      }),
      field('Link', 'Where it stands, if it is online', {
        custom_id: 'link',
        style: TextInputStyle.Short,
        required: false,
        max_length: 1000,
      }),
      field('Text', 'Up to 4,000 characters. For more, give /article add a file.', {
        custom_id: 'text',
        style: TextInputStyle.Paragraph,
        required: true,
        max_length: 4000,
      }),
    ],
  };
}

/** Asks for the words that must be typed to erase a library. */
export function eraseForm(words: string): Form {
  return {
    custom_id: forms.erase,
    title: 'Erase the whole library',
    components: [
      field('Type this to erase it', words, {
        custom_id: 'words',
        style: TextInputStyle.Short,
        required: true,
        max_length: 100,
        placeholder: words,
      }),
    ],
  };
}
