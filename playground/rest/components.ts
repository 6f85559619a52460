import { isRecord } from '../json.ts';

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
    ...within(component.accessory, [...path, 'accessory'], depth),
    ...within(component.component, [...path, 'component'], depth),
  ];
}
