import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import { limits } from './limits.ts';

export type Button = APIButtonComponentWithCustomId;
export type ButtonRow = APIActionRowComponent<Button>;

/** How much a button does: an everyday step, the one that most people want, one that cannot be taken back lightly. */
const styles = { step: ButtonStyle.Secondary, main: ButtonStyle.Success, danger: ButtonStyle.Danger } as const;

export function button(label: string, customId: string, style: keyof typeof styles = 'step', disabled = false): Button {
  return { type: ComponentType.Button, style: styles[style], label, custom_id: customId, disabled };
}

/** Buttons in rows of as many as Discord puts beside each other. */
export function rowsOf(buttons: readonly Button[]): readonly ButtonRow[] {
  return Array.from({ length: Math.ceil(buttons.length / limits.buttonsInRow) }, (_, at) => ({
    type: ComponentType.ActionRow,
    components: buttons.slice(at * limits.buttonsInRow, (at + 1) * limits.buttonsInRow),
  }));
}
