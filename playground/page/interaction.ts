import type { Choice, Modal, OptionValue } from './discord.ts';

export interface UploadedFile {
  readonly id: string;
  readonly filename: string;
  readonly content_type: string;
  readonly size: number;
  /** The bytes in base64. */
  readonly data: string;
}

export interface SubmittedComponent {
  readonly type: number;
  readonly custom_id?: string;
  readonly value?: string;
  readonly values?: readonly string[];
  readonly component?: SubmittedComponent;
  readonly components?: readonly SubmittedComponent[];
}

interface Filled {
  readonly data: { readonly options: readonly OptionValue[]; readonly target_id?: string };
  readonly commandId: string;
  readonly files?: readonly UploadedFile[];
}

export type Interaction =
  | ({ readonly kind: 'command' | 'autocomplete' } & Filled)
  | {
      readonly kind: 'component';
      readonly messageId: string;
      readonly customId: string;
      readonly componentType: number;
      readonly values?: readonly string[];
    }
  | {
      readonly kind: 'modal';
      readonly customId: string;
      readonly interactionId: string;
      readonly messageId?: string;
      readonly components: readonly SubmittedComponent[];
      readonly files?: readonly UploadedFile[];
    };

export interface Outcome {
  readonly ok?: boolean;
  readonly choices?: readonly Choice[];
  readonly modal?: Modal;
  readonly failed?: string;
  /** It failed because nobody answered at all. */
  readonly unreachable?: true;
}
