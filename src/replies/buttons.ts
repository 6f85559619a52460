import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';

export type Button = APIButtonComponentWithCustomId;
export type ButtonRow = APIActionRowComponent<Button>;

/** How much a button does: an everyday step, the one that most people want, one that cannot be taken back lightly. */
const styles = { step: ButtonStyle.Secondary, main: ButtonStyle.Success, danger: ButtonStyle.Danger } as const;

export function button(label: string, customId: string, style: keyof typeof styles = 'step', disabled = false): Button {
  return { type: ComponentType.Button, style: styles[style], label, custom_id: customId, disabled };
}

export function rowOf(components: Button[]): ButtonRow | undefined {
  return components.length === 0 ? undefined : { type: ComponentType.ActionRow, components };
}
