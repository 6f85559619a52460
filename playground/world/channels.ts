import { BOT_PERMISSIONS, type Location } from './servers.ts';

/** A tag that posts of a forum can have. */
interface Tag {
  readonly id: string;
  readonly name: string;
  /** True if only moderators may use it. */
  readonly moderated: boolean;
}

interface Forum {
  readonly tags: readonly Tag[];
  /** True if each post must have a tag. */
  readonly needsTag: boolean;
}

interface Channel {
  readonly name: string;
  /** `undefined` for direct messages. */
  readonly guildId: string | undefined;
  /** The id of the channel that it is a thread of. */
  readonly parentId: string | undefined;
  /** `undefined` for other channels. */
  readonly forum: Forum | undefined;
  /** Of a forum's post: ids of its tags. */
  readonly appliedTags: readonly string[];
  isArchived: boolean;
  permissions: bigint;
}

type ChannelOptions = Pick<Channel, 'name' | 'guildId'> & Partial<Pick<Channel, 'parentId' | 'forum' | 'appliedTags'>>;

/** The channels that exist, and what the bot may do in each. */
export class Channels {
  readonly #all = new Map<string, Channel>();

  constructor(locations: readonly Location[]) {
    for (const location of locations) this.know(location);
  }

  /** Adds the channel of a location, unless it is known. */
  know({ guild, channel }: Location): void {
    if (!this.#all.has(channel.id)) this.add(channel.id, { name: channel.name, guildId: guild?.id });
  }

  add(id: string, options: ChannelOptions): void {
    const defaults = { parentId: undefined, forum: undefined, appliedTags: [] };
    this.#all.set(id, { ...defaults, ...options, isArchived: false, permissions: BOT_PERMISSIONS });
  }

  archive(id: string): void {
    const channel = this.#all.get(id);
    if (channel !== undefined) channel.isArchived = true;
  }

  /** Returns the ids and names of the threads of a server or channel, oldest first. */
  threads({
    guildId,
    parentId,
  }: Partial<Pick<Channel, 'guildId' | 'parentId'>>): readonly (Readonly<Channel> & Pick<Tag, 'id'>)[] {
    const all = [...this.#all].map(([id, channel]) => ({ id, ...channel }));
    const isMeant = (each: Channel) =>
      each.parentId === parentId || (parentId === undefined && each.guildId === guildId);
    return all.filter(each => each.parentId !== undefined && isMeant(each));
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
