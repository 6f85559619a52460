import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import { allComponents } from './components.ts';
import type { FieldError } from './refusal.ts';

/** What Discord refuses in a modal though its schema lets it through. */
export function objectToModal(modal: APIModalInteractionResponseCallbackData): readonly FieldError[] {
  const tooMany = modal.components.length > 5;
  const length = { path: ['components'], code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 5 in length.' };
  return [...(tooMany ? [length] : []), ...repeatedIds(modal), ...contradictions(modal)];
}

function repeatedIds(modal: APIModalInteractionResponseCallbackData): readonly FieldError[] {
  const seen = new Set<unknown>();
  return allComponents(modal.components).flatMap(({ component, path }) => {
    const id = component.custom_id;
    if (id === undefined || !seen.has(id)) {
      seen.add(id);
      return [];
    }
    const message = 'Component custom id cannot be duplicated';
    return [{ path: [...path, 'custom_id'], code: 'COMPONENT_CUSTOM_ID_DUPLICATED', message }];
  });
}

/** A text input whose least length is over its greatest, or whose value is longer than that. */
function contradictions(modal: APIModalInteractionResponseCallbackData): readonly FieldError[] {
  return allComponents(modal.components).flatMap(({ component, path }) => {
    if (component.type !== ComponentType.TextInput) return [];
    const { min_length: least, max_length: greatest, value } = component;
    if (typeof greatest !== 'number') return [];
    const message = `Must be ${greatest} or fewer in length.`;
    const named = {
      least: typeof least === 'number' && least > greatest,
      value: typeof value === 'string' && value.length > greatest,
    };
    return [
      ...(named.least ? [{ path: [...path, 'min_length'], code: 'NUMBER_TYPE_MAX', message }] : []),
      ...(named.value ? [{ path: [...path, 'value'], code: 'BASE_TYPE_MAX_LENGTH', message }] : []),
    ];
  });
}
