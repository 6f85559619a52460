import type { Chip } from './chip.ts';
import { fixedChoices } from './command.ts';
import type { Choice } from './discord.ts';
import type { Listbox } from './listbox.ts';

/** Asks the bot for choices. Undefined: it did not answer, or the question was withdrawn. */
export type Ask = (chip: Chip, signal: AbortSignal) => Promise<readonly Choice[] | undefined>;

const PAUSE_MILLISECONDS = 150;

/** The list of values over a chip: fixed choices at once, live ones after a pause in typing, stale answers dropped. */
export class Completion {
  private readonly list: Listbox;
  private readonly ask: Ask;
  private readonly onTaken: (chip: Chip) => void;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking = new AbortController();

  constructor(list: Listbox, ask: Ask, onTaken: (chip: Chip) => void) {
    this.list = list;
    this.ask = ask;
    this.onTaken = onTaken;
  }

  open(chip: Chip, pause: number = PAUSE_MILLISECONDS): void {
    this.withdraw();
    const fixed = fixedChoices(chip.option);
    // Coming back to a value that was taken must not put another one under Enter.
    const taken = chip.entry.chosen !== undefined;
    if (fixed && !taken) {
      const typed = chip.entry.text.toLowerCase();
      const matching = fixed.filter(({ name }) => name.toLowerCase().includes(typed));
      // Nothing else may stand here, so the first choice is offered to Enter straight away.
      this.show(chip, typed === '' ? fixed : matching, 0);
    } else if (chip.option.autocomplete && !taken) {
      this.timer = setTimeout(() => this.fetch(chip), pause);
    } else {
      this.list.hide();
    }
  }

  close(): void {
    this.withdraw();
    this.list.hide();
  }

  private withdraw(): void {
    clearTimeout(this.timer);
    this.asking.abort();
    this.asking = new AbortController();
  }

  private async fetch(chip: Chip): Promise<void> {
    const { signal } = this.asking;
    const choices = await this.ask(chip, signal);
    if (signal.aborted || document.activeElement !== chip.field) return;
    // What was typed counts as well as what is suggested, so Enter takes a suggestion only once it is pointed at.
    this.show(chip, choices ?? [], -1);
  }

  private show(chip: Chip, choices: readonly Choice[], active: number): void {
    const items = choices.map(({ name }) => ({ label: name }));
    this.list.show(chip.field, items, active, at => {
      const choice = choices[at];
      if (!choice) return;
      chip.take(choice.name, choice.value);
      this.close();
      this.onTaken(chip);
    });
  }
}
