/** Prints an import's progress to standard error while it runs, and the counts and rejected articles at its end. */
export class Progress {
  readonly #bytes: number;
  readonly #started = performance.now();
  readonly #timer: NodeJS.Timeout;
  readonly #counts = { added: 0, updated: 0, same: 0 };
  readonly #refused: string[] = [];
  #reached = 0;
  #unencoded = 0;

  /** `bytes`: the size of all files. */
  constructor(bytes: number) {
    this.#bytes = bytes;
    this.#timer = setInterval(() => this.#show(), process.stderr.isTTY ? 500 : 10_000);
  }

  reach(bytes: number): void {
    this.#reached = Math.max(this.#reached, bytes);
  }

  /** The articles are added; this many have no vectors yet. */
  encode(left: number): void {
    this.#unencoded = left;
  }

  count(kind: 'added' | 'updated' | 'same'): void {
    this.#counts[kind] += 1;
  }

  refuse(place: string, reason: string): void {
    this.#refused.push(`${place}: ${reason}`);
  }

  end(): void {
    clearInterval(this.#timer);
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    for (const line of this.#refused) console.error(line);
    const { added, updated, same } = this.#counts;
    console.log(`Added ${added}, updated ${updated}, unchanged ${same}, rejected ${this.#refused.length}.`);
    if (this.#refused.length > 0) process.exitCode = 1;
  }

  #show(): void {
    print(this.#unencoded > 0 ? `${articles(this.#unencoded)} to prepare for /ask` : this.#added());
  }

  #added(): string {
    const { added, updated, same } = this.#counts;
    const done = added + updated + same + this.#refused.length;
    const seconds = (performance.now() - this.#started) / 1000;
    const left =
      this.#reached === 0 ? '' : `, ${clock((seconds * (this.#bytes - this.#reached)) / this.#reached)} left`;
    return `${done} done, ${(done / seconds).toFixed(0)} per second${left}`;
  }
}

function print(line: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\u001B[K${line}` : `${line}\n`);
}

/** `1:05:09` or `5:09`. */
function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** `1 library`, `2 libraries`, `1,000 libraries`. */
export function counted(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

export function articles(number: number): string {
  return counted(number, 'article', 'articles');
}

export function libraries(number: number): string {
  return counted(number, 'library', 'libraries');
}
