import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { isRecord } from '../json.ts';
import type { FieldError } from './responses.ts';

export interface Found {
  readonly component: Readonly<Record<string, unknown>>;
  readonly path: readonly (string | number)[];
}

/** Returns all components of a message or modal, nested ones included, in Discord's order. Stops at a depth of 8. */
export function allComponents(components: unknown, path: Found['path'] = ['components'], depth = 0): Found[] {
  if (!Array.isArray(components) || depth > 8) return [];
  return components.flatMap((component, index) => within(component, [...path, index], depth));
}

function within(component: unknown, path: Found['path'], depth: number): Found[] {
  if (!isRecord(component)) return [];
  return [
    { component, path },
    ...allComponents(component.components, [...path, 'components'], depth + 1),
    ...within(component.component, [...path, 'component'], depth),
  ];
}

/** Returns the components whose key, if a string, repeats an earlier one. */
export function repeated(found: readonly Found[], key: (one: Found) => unknown): readonly Found[] {
  const seen = new Set<unknown>();
  return found.filter(one => {
    const name = key(one);
    if (typeof name !== 'string') return false;
    if (seen.has(name)) return true;
    seen.add(name);
    return false;
  });
}

/** Returns an error for each component that Discord accepts, but that the bot doesn't send, so the page can't show it. */
export function unmodelled(components: readonly Found[], modelled: ReadonlySet<unknown>): readonly FieldError[] {
  return components
    .filter(({ component: { type, style, emoji, max_values: most } }) => {
      const isUnknownStyle = type === ComponentType.Button && (style === ButtonStyle.Link || isRecord(emoji));
      return !modelled.has(type) || isUnknownStyle || Number(most ?? 1) > 1;
    })
    .map(({ path }) => ({ path, code: 'NOT_MODELLED', message: 'The playground does not model this.' }));
}

export function repeatedCustomIds(components: readonly Found[]): readonly FieldError[] {
  return repeated(components, ({ component }) => component.custom_id).map(({ path }) => ({
    path: [...path, 'custom_id'],
    code: 'COMPONENT_CUSTOM_ID_DUPLICATED',
    message: 'Component custom id cannot be duplicated',
  }));
}
