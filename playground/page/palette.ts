import { type Leaf, leavesOf, suggestLeaves } from './command.ts';
import type { Command } from './discord.ts';
import type { Listbox } from './listbox.ts';

/** The commands that open over the field as soon as it begins with a slash. */
export class Palette {
  private readonly field: HTMLTextAreaElement;
  private readonly list: Listbox;
  private readonly onChoose: (leaf: Leaf) => void;
  private leaves: readonly Leaf[] = [];

  constructor(field: HTMLTextAreaElement, list: Listbox, onChoose: (leaf: Leaf) => void) {
    this.field = field;
    this.list = list;
    this.onChoose = onChoose;
  }

  get known(): readonly Leaf[] {
    return this.leaves;
  }

  setCommands(commands: readonly Command[]): void {
    this.leaves = leavesOf(commands).toSorted((a, b) => a.path.localeCompare(b.path));
    if (this.list.isOpen && document.activeElement === this.field) this.suggest();
  }

  suggest(): void {
    const text = this.field.value;
    const found = text.startsWith('/') ? suggestLeaves(this.leaves, text.slice(1)) : [];
    const items = found.map(leaf => ({ label: `/${leaf.path}${required(leaf)}`, detail: leaf.description }));
    this.list.show(this.field, items, 0, at => {
      const leaf = found[at];
      if (leaf) this.onChoose(leaf);
    });
  }
}

/** Shows what a command cannot do without: `/quote words`. */
function required(leaf: Leaf): string {
  return leaf.options.flatMap(option => (option.required ? [` ${option.name}`] : [])).join('');
}
