/** More are no use: what is asked for once in a while opens in a millisecond or two. Each holds some 0.2 MB besides its pages. */
const most = 500;
/** Its file, the log of that and the log's index. */
const filesEach = 3;
/** For connections to Discord, websites and whoever reads the figures, and for pictures, backups and the program itself. */
const othersFiles = 400;
const fewest = 20;

/** How many libraries may be open at once where a process may have so many files open. */
export function mostOpenWithin(files: number): number {
  return Math.max(fewest, Math.min(most, Math.floor((files - othersFiles) / filesEach)));
}

/** The same for this process. Node has raised what it may to what the system allows at most. */
export function mostOpen(): number {
  const report: unknown = process.report.getReport();
  const limit = [report, 'userLimits', 'open_files', 'soft'].reduce(memberOf);
  return mostOpenWithin(typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY);
}

function memberOf(value: unknown, name: unknown): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, String(name)) : undefined;
}
