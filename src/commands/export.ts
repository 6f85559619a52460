import { exportReply } from '../replies/export.ts';
import type { Reply } from '../replies/reply.ts';
import type { Context } from './command.ts';

/** Discord takes 10 MiB a file and 25 MiB a message. */
const mostBytes = 8_000_000;
const mostFiles = 3;

/** Lines put together to files, as many as fit into each. */
function* filesOf(lines: Iterable<string>): Generator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for (const line of lines) {
    const bytes = Buffer.from(`${line}\n`);
    if (size > 0 && size + bytes.length > mostBytes) {
      yield Buffer.concat(held);
      held = [];
      size = 0;
    }
    held.push(bytes);
    size += bytes.length;
  }
  if (size > 0) yield Buffer.concat(held);
}

/** All articles, one JSON object a line; made message by message, so that only one is in memory. */
export function* exportAll({ library }: Context): Generator<Reply> {
  const number = library.articles.length;
  let place = 0;
  let files: { name: string; bytes: Buffer }[] = [];
  for (const bytes of filesOf(library.lines())) {
    place += 1;
    files.push({ name: `library-${place}.jsonl`, bytes });
    if (files.length < mostFiles) continue;
    yield exportReply(number, files);
    files = [];
  }
  if (files.length > 0) yield exportReply(number, files);
}
