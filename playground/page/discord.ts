/** The parts of Discord's API v10 objects that the page uses. */

export interface User {
  readonly id: string;
  readonly username: string;
  readonly global_name?: string | null;
  readonly bot?: boolean;
}

/** By Discord locale. */
type Localizations = Readonly<Record<string, string>> | null;

export interface Choice {
  readonly name: string;
  readonly name_localizations?: Localizations;
  readonly value: string | number;
}

/** Option types: 1 subcommand, 2 group, 3 string, 4 integer, 5 boolean, 7 channel, 8 role, 11 attachment. */
export interface CommandOption {
  readonly type: number;
  readonly name: string;
  readonly name_localizations?: Localizations;
  /** The unlocalised name, if `name` is localised. */
  readonly original?: string;
  readonly description: string;
  readonly description_localizations?: Localizations;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly Choice[];
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_value?: number;
  readonly max_value?: number;
  readonly options?: readonly CommandOption[];
}

/** Command types: 1 slash, 2 user, 3 message. */
export interface Command {
  readonly id: string;
  readonly type?: number;
  readonly name: string;
  readonly name_localizations?: Localizations;
  readonly original?: string;
  readonly description: string;
  readonly description_localizations?: Localizations;
  readonly options?: readonly CommandOption[];
}

export interface OptionValue {
  readonly type: number;
  readonly name: string;
  readonly value?: string | number | boolean;
  readonly focused?: boolean;
  readonly options?: readonly OptionValue[];
}

export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly description?: string | null;
  readonly content_type?: string | null;
  readonly size: number;
  readonly url: string;
  /** A picture's width in pixels. */
  readonly width?: number | null;
  readonly height?: number | null;
}

interface Media {
  readonly url: string;
}

export interface ButtonComponent {
  readonly type: 2;
  /** 1 primary, 2 secondary, 3 success, 4 danger. */
  readonly style: number;
  readonly label: string;
  readonly custom_id: string;
  readonly disabled?: boolean;
}

interface SelectOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
}

export interface SelectComponent {
  readonly type: 3;
  readonly custom_id: string;
  readonly options: readonly SelectOption[];
  readonly placeholder?: string;
}

export interface TextInputComponent {
  readonly type: 4;
  readonly custom_id: string;
  /** 1 one line, 2 paragraph. */
  readonly style: number;
  readonly value?: string;
  readonly placeholder?: string;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly required?: boolean;
}

export interface FileUploadComponent {
  readonly type: 19;
  readonly custom_id: string;
  readonly required?: boolean;
}

interface TextDisplayComponent {
  readonly type: 10;
  readonly content: string;
}

interface GalleryComponent {
  readonly type: 12;
  readonly items: readonly { readonly media: Media; readonly description?: string | null }[];
}

interface FileComponent {
  readonly type: 13;
  readonly file: Media;
}

interface SeparatorComponent {
  readonly type: 14;
}

export interface RowComponent {
  readonly type: 1;
  readonly components: readonly (ButtonComponent | SelectComponent)[];
}

export interface ContainerComponent {
  readonly type: 17;
  readonly accent_color?: number | null;
  readonly components: readonly MessageComponent[];
}

export type MessageComponent =
  | RowComponent
  | TextDisplayComponent
  | GalleryComponent
  | FileComponent
  | SeparatorComponent
  | ContainerComponent;

export interface LabelComponent {
  readonly type: 18;
  readonly label: string;
  readonly description?: string;
  readonly component: TextInputComponent | FileUploadComponent;
}

export interface Modal {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly LabelComponent[];
  readonly interactionId: string;
}

export interface Message {
  readonly id: string;
  /** 23 is the answer to a context menu command. */
  readonly type?: number;
  readonly author: User;
  readonly content: string;
  readonly timestamp: string;
  readonly edited_timestamp?: string | null;
  readonly flags?: number;
  readonly components?: readonly MessageComponent[];
  readonly attachments?: readonly Attachment[];
  readonly interaction_metadata?: { readonly type: number; readonly user: User; readonly name?: string };
  readonly message_reference?: { readonly type?: number; readonly message_id?: string };
}

export const FROM_MENU = 23;
export const EPHEMERAL = 1 << 6;
export const LOADING = 1 << 7;
