/** Metrics of the bot's processes in one second. */
export interface MetricsSample {
  readonly seconds: number;
  /** All processes together. */
  readonly mebibytes: number;
  /** CPU time of all processes since they started. */
  readonly coreSeconds: number;
  /** Event-loop lag of the worst process, in milliseconds. */
  readonly delayP99: number;
  readonly delayMost: number;
  /** Interactions dropped since the start: too late, or completions whose user had typed on. */
  readonly expired: number;
  readonly superseded: number;
}

const everyMilliseconds = 1000;
const mebibyte = 1024 * 1024;

/** Reads the metrics of the bot's processes every second until it's stopped. */
export function sampleMetrics(ports: readonly number[]): { stop(): readonly MetricsSample[] } {
  const started = performance.now();
  const samples: MetricsSample[] = [];
  const look = async () => {
    const seconds = (performance.now() - started) / 1000;
    const pages = await Promise.all(
      ports.map(port => fetch(`http://127.0.0.1:${port}/metrics`).then(page => page.text())),
    );
    const most = (name: string) => 1000 * Math.max(...pages.map(page => figureIn(page, name)));
    const sum = (name: string) => pages.reduce((total, page) => total + figureIn(page, name), 0);
    samples.push({
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
    return samples;
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
