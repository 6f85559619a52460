/** Some minutes of a busy bot; what Discord delivers twice comes within seconds. */
const most = 10_000;

/** Discord may deliver an interaction twice, as after a connection that broke: it must not be acted on twice, nor answered. */
export class Deliveries {
  readonly #ids = new Set<string>();

  /** Whether the interaction with this id is here for the first time. */
  isFirst(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > most && oldest !== undefined) this.#ids.delete(oldest);
    return true;
  }
}
