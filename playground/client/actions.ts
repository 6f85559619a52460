import { Locale } from 'discord-api-types/v10';
import * as z from 'zod/mini';

const id = z.string().check(z.regex(/^\d{1,20}$/v));
const customId = z.string().check(z.minLength(1), z.maxLength(100));
const optionValue = z.union([z.string().check(z.maxLength(6000)), z.number(), z.boolean()]);

const option = z.object({
  type: z.int(),
  name: z.string().check(z.maxLength(32)),
  value: z.optional(optionValue),
  focused: z.optional(z.boolean()),
  get options() {
    return z.optional(z.array(option).check(z.maxLength(25)));
  },
});

/** An attached file. An option's value refers to it by id. */
const sentFile = z.object({
  id: z.string().check(z.regex(/^[\w\-]{1,100}$/v)),
  filename: z.string().check(z.minLength(1), z.maxLength(260)),
  content_type: z.string().check(z.maxLength(100)),
  /** Base64. */
  data: z.string().check(z.maxLength(14_000_000)),
});
const files = z.optional(z.array(sentFile).check(z.maxLength(10)));

const commandOptions = z.object({
  options: z.optional(z.array(option).check(z.maxLength(25))),
  target_id: z.optional(id),
});

/** An action of a person on the page, or of a test. */
export const actionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), commandId: id, data: commandOptions, files }),
  z.object({ kind: z.literal('autocomplete'), commandId: id, data: commandOptions, files }),
  z.object({
    kind: z.literal('component'),
    messageId: id,
    customId,
    componentType: z.int(),
    values: z.optional(z.array(z.string().check(z.maxLength(100))).check(z.maxLength(25))),
  }),
  z.object({
    kind: z.literal('modal'),
    customId,
    interactionId: id,
    messageId: z.optional(id),
    components: z.array(z.unknown()).check(z.maxLength(40)),
    files,
  }),
]);

/** The person's Discord language. */
export const localeSchema = z.object({ locale: z.optional(z.enum(Locale)) });

export type Action = z.infer<typeof actionSchema>;
export type CommandAction = Extract<Action, { kind: 'command' | 'autocomplete' }>;
export type ComponentAction = Extract<Action, { kind: 'component' }>;
export type ModalAction = Extract<Action, { kind: 'modal' }>;
export type GivenOption = z.infer<typeof option>;
export type OptionValue = z.infer<typeof optionValue>;
export type SentFile = z.infer<typeof sentFile>;
