import { type APIModalInteractionResponseCallbackData, ComponentType } from 'discord-api-types/v10';
import { allComponents } from './components.ts';
import { isRecord } from './schema.ts';

type Field = Readonly<Record<string, unknown>>;

/** What Discord's own form says before it lets somebody submit; undefined when it would. */
export function objectToModalAnswers(
  modal: APIModalInteractionResponseCallbackData,
  answers: readonly unknown[],
): string | undefined {
  const asked = fieldsOf(modal.components);
  const given = fieldsOf(answers);
  const unasked = [...given.keys()].find(id => !asked.has(id));
  if (unasked !== undefined) return 'This form does not ask for that.';
  for (const [id, field] of asked) {
    const objection = objectToField(field, given.get(id));
    if (objection !== undefined) return objection;
  }
  return undefined;
}

function fieldsOf(components: unknown): Map<string, Field> {
  const named = allComponents(components).filter(({ component }) => typeof component.custom_id === 'string');
  return new Map(named.map(({ component }) => [String(component.custom_id), component]));
}

function objectToField(asked: Field, given: Field | undefined): string | undefined {
  const isRequired = asked.required !== false;
  if (asked.type === ComponentType.TextInput) return objectToText(asked, given?.value ?? '', isRequired);
  const values = given?.values;
  if (!Array.isArray(values) || values.length === 0) return isRequired ? 'Fill in all that is required.' : undefined;
  const options: readonly unknown[] = Array.isArray(asked.options) ? asked.options : [];
  const known = new Set(options.map(option => isRecord(option) && option.value));
  return options.length > 0 && values.some(value => !known.has(value)) ? 'Choose one of the choices.' : undefined;
}

function objectToText(asked: Field, text: unknown, isRequired: boolean): string | undefined {
  if (typeof text !== 'string') return 'Input a valid string.';
  if (text === '') return isRequired ? 'Fill in all that is required.' : undefined;
  const least = Number(asked.min_length ?? 0);
  const greatest = Number(asked.max_length ?? 4000);
  if (text.length < least) return `Must be ${least} or more characters.`;
  return text.length > greatest ? `Must be ${greatest} or fewer characters.` : undefined;
}
