import { accents, notice, type Reply, type ReplyFile, reply } from '../replies/reply.ts';
import type { Say } from '../wording/say.ts';
import type { Context } from './command.ts';

/** Discord's limits are 10 MiB a file and 25 MiB a message. */
const mostBytes = 8_000_000;
const mostFiles = 3;
const mostDiscordTakes = 10_000_000;

/** Puts lines into files. A single line may be longer than `mostBytes`. */
async function* filesOf(lines: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const bytes of lines) {
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

/** Returns a message with files, which several may be needed for. */
export function exportReply(articles: number, files: readonly ReplyFile[], say: Say): Reply {
  const [first] = files;
  const head = first?.name === 'library-1.jsonl' ? say('exporting.all', { articles }) : say('exporting.more');
  return reply({ accent: accents.article, texts: [head], private: true, files });
}

/** Exports all `total` articles, one JSON object a line, message by message, so that only one is in memory. */
export async function* exportAll(total: number, { library, say }: Context): AsyncGenerator<Reply> {
  let left = 0;
  async function* fitting(): AsyncGenerator<Buffer> {
    for await (const line of library.lines()) {
      const bytes = Buffer.from(`${line}\n`);
      if (bytes.length <= mostDiscordTakes) yield bytes;
      if (bytes.length > mostDiscordTakes) left += 1;
    }
  }
  let place = 0;
  let files: ReplyFile[] = [];
  for await (const bytes of filesOf(fitting())) {
    place += 1;
    files.push({ name: `library-${place}.jsonl`, bytes });
    if (files.length < mostFiles) continue;
    yield exportReply(total, files, say);
    files = [];
  }
  if (files.length > 0) yield exportReply(total, files, say);
  if (left > 0) yield notice(say('exporting.left-out', { number: left }));
}
