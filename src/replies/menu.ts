import { type APIActionRowComponent, type APIStringSelectComponent, ComponentType } from 'discord-api-types/v10';
import { encode, type Press } from './custom-id.ts';
import { limits } from './limits.ts';
import { clip, plain } from './markdown.ts';

export type MenuRow = APIActionRowComponent<APIStringSelectComponent>;

/** An entry of a menu: strangers' words, and what choosing it asks for. */
export interface Entry {
  readonly label: string;
  readonly detail: string;
  readonly press: Press;
}

/** Of every menu: what is asked for stands in its entries, as in buttons. */
const menuId = '*';

/** A menu of which one entry is chosen; `undefined` where there is none to choose. Of entries that ask for the same the first stays. */
export function menuOf(placeholder: string, entries: readonly Entry[]): MenuRow | undefined {
  const valued = entries.map(entry => ({ ...entry, value: encode(entry.press) }));
  const options = valued
    .filter(({ value }, at) => valued.findIndex(each => each.value === value) === at)
    .map(({ label, detail, value }) => ({
      label: clip(plain(label) || '?', limits.menuEntry),
      description: clip(plain(detail), limits.menuEntry),
      value,
    }));
  if (options.length === 0) return undefined;
  const menu = { type: ComponentType.StringSelect, custom_id: menuId, placeholder, options } as const;
  return { type: ComponentType.ActionRow, components: [menu] };
}
