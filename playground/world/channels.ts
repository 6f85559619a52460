import { BOT_PERMISSIONS, type Location } from './servers.ts';

interface Channel {
  readonly name: string;
  /** `undefined` for direct messages. */
  readonly guildId: string | undefined;
  /** The id of the channel that it is a thread of. */
  readonly parentId: string | undefined;
  permissions: bigint;
}

/** The channels that exist, and what the bot may do in each. */
export class Channels {
  readonly #all = new Map<string, Channel>();

  constructor(locations: readonly Location[]) {
    for (const location of locations) this.know(location);
  }

  /** Adds the channel of a location, unless it is known. */
  know({ guild, channel }: Location): void {
    if (!this.#all.has(channel.id)) this.add(channel.id, channel.name, guild?.id);
  }

  add(id: string, name: string, guildId: string | undefined, parentId?: string): void {
    this.#all.set(id, { name, guildId, parentId, permissions: BOT_PERMISSIONS });
  }

  /** Sets what the bot may do in a channel. */
  permit(id: string, permissions: bigint): void {
    const channel = this.#all.get(id);
    if (channel !== undefined) channel.permissions = permissions;
  }

  delete(id: string): void {
    this.#all.delete(id);
  }

  find(id: string): Readonly<Channel> | undefined {
    return this.#all.get(id);
  }
}
