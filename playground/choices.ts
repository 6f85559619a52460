import {
  InteractionApplicationCommandAutocompleteCallbackIntegerDataSchema as IntegerChoices,
  InteractionApplicationCommandAutocompleteCallbackNumberDataSchema as NumberChoices,
  InteractionApplicationCommandAutocompleteCallbackStringDataSchema as StringChoices,
} from 'discord-api-spec/zod';
import { type APIApplicationCommandOptionChoice, ApplicationCommandOptionType } from 'discord-api-types/v10';
import type { GivenOption } from './deed.ts';
import { type FieldError, refuseForm } from './refusal.ts';
import { checkShape } from './schema.ts';
import type { Verdict } from './validation.ts';

const longestValue = 100;

/** Completions for an option of that type; Discord's schema lets longer values through than Discord does. */
export function checkChoices(
  type: number | undefined,
  body: unknown,
): Verdict<readonly APIApplicationCommandOptionChoice[]> {
  const shape = checkShape(schemaFor(type), body ?? {}, ['data']);
  if (shape.kind === 'refused') return { kind: 'refused', reply: refuseForm(shape.fields) };
  const choices = (shape.value.choices ?? []).filter(choice => choice !== null);
  const long = choices.flatMap(({ value }, index): FieldError[] => {
    if (String(value).length <= longestValue) return [];
    const message = `Must be ${longestValue} or fewer in length.`;
    return [{ path: ['data', 'choices', index, 'value'], code: 'BASE_TYPE_MAX_LENGTH', message }];
  });
  return long.length > 0 ? { kind: 'refused', reply: refuseForm(long) } : { kind: 'fits', value: choices };
}

function schemaFor(type: number | undefined) {
  if (type === ApplicationCommandOptionType.Integer) return IntegerChoices;
  return type === ApplicationCommandOptionType.Number ? NumberChoices : StringChoices;
}

/** The type of the option that somebody is typing in. */
export function focusedType(given: readonly GivenOption[]): number | undefined {
  for (const option of given) {
    if (option.focused === true) return option.type;
    const inner = focusedType(option.options ?? []);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
