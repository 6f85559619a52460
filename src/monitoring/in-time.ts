/** In milliseconds. Prometheus waits ten seconds for all metrics. */
const timeout = 2000;

/** Returns what `look` returns, or `otherwise` if it fails or takes more than two seconds. */
export async function inTime<Result>(look: () => Result | Promise<Result>, otherwise: Result): Promise<Result> {
  const { promise: overdue, resolve } = Promise.withResolvers<Result>();
  const timer = setTimeout(() => resolve(otherwise), timeout);
  const looking = (async () => await look())().catch(() => otherwise);
  return await Promise.race([looking, overdue]).finally(() => clearTimeout(timer));
}
