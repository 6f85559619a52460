/** How the bot's processes were in one second. */
export interface MetricsSample {
  readonly seconds: number;
  /** Of all processes together. */
  readonly mebibytes: number;
  /** What all have used of a core since they began. */
  readonly coreSeconds: number;
  /** Of the process that is worst: how much later than due its work began, in milliseconds. */
  readonly delayP99: number;
  readonly delayMost: number;
  /** Not begun since the start: those that came too late, and completions whose typist had typed on. */
  readonly expired: number;
  readonly superseded: number;
}

const everyMilliseconds = 1000;
const mebibyte = 1024 * 1024;

/** Reads the figures of the bot's processes every second until it is stopped. */
export function sampleMetrics(ports: readonly number[]): { stop(): readonly MetricsSample[] } {
  const started = performance.now();
  const sights: MetricsSample[] = [];
  const look = async () => {
    const seconds = (performance.now() - started) / 1000;
    const pages = await Promise.all(
      ports.map(port => fetch(`http://127.0.0.1:${port}/metrics`).then(page => page.text())),
    );
    const most = (name: string) => 1000 * Math.max(...pages.map(page => figureIn(page, name)));
    const sum = (name: string) => pages.reduce((total, page) => total + figureIn(page, name), 0);
    sights.push({
      seconds,
      mebibytes: sum('process_resident_memory_bytes') / mebibyte,
      coreSeconds: sum('process_cpu_seconds_total'),
      delayP99: most('nodejs_eventloop_lag_p99_seconds'),
      delayMost: most('nodejs_eventloop_lag_max_seconds'),
      expired: countIn(pages, 'expired'),
      superseded: countIn(pages, 'superseded'),
    });
  };
  const timer = setInterval(() => void look().catch(() => undefined), everyMilliseconds);
  const stop = () => {
    clearInterval(timer);
    return sights;
  };
  return { stop };
}

function figureIn(page: string, name: string): number {
  const line = page.split('\n').find(each => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

function countIn(pages: readonly string[], result: string): number {
  const counts = pages.flatMap(page => page.split('\n')).filter(line => line.includes(`result="${result}"`));
  return counts.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
