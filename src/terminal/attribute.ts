import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { attribute } from '../attribution/attribute.ts';
import { parseJson } from '../library/store/json.ts';
import { type Article, toArticle, UNKNOWN_METADATA } from '../news/article.ts';
import { parseArticle } from '../news/parse.ts';
import { readFile } from '../reading/document.ts';
import { format } from '../wording/say.ts';
import { inEnglish } from './article-sources.ts';
import { Refusal, run } from './command.ts';
import { examineReader } from './doctor/machine.ts';
import { articleRecord, explain } from './explain.ts';

interface LoadedFile {
  readonly articles: readonly Article[];
  readonly problems: readonly string[];
}

const USAGE = `Usage: npm run -s attribute -- [--explain] FILE…

Prints who said what in articles, a line of JSON for each: .txt, .md, .html or .jsonl files, or .jsonl from standard input.
Files that can't be read are reported, and the others printed all the same.

  --explain   print it for people to read`;

/** Exports have no ids: the line's number is used. */
const lineShape = z.object({ id: z.optional(z.string()), text: z.string() });

function articleOfLine(line: string, number: number): Article | undefined {
  const article = parseJson(lineShape, line);
  return article && toArticle(article.id ?? String(number), UNKNOWN_METADATA, article.text);
}

function parseLines(name: string, text: string): LoadedFile {
  const lines = text.split('\n').map((line, at) => ({ line, number: at + 1 }));
  const read = lines
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => ({ number, article: articleOfLine(line, number) }));
  return {
    articles: read.flatMap(({ article }) => article ?? []),
    problems: read
      .filter(({ article }) => article === undefined)
      .map(({ number }) => `${name}:${number}: expected a JSON object with "text"`),
  };
}

function parseArticleFile(name: string, bytes: Uint8Array): LoadedFile {
  const parsed = parseArticle({ name, bytes });
  if (parsed.kind === 'article') return { articles: [parsed.article], problems: [] };
  const problems = parsed.problems.map(({ file, line, expected }) =>
    [file, line, ` ${format(expected, 'en')}`].join(':'),
  );
  return { articles: [], problems };
}

/** Offsets refer to the text extracted from the page. */
function readPage(path: string, bytes: Uint8Array): LoadedFile {
  const reading = inEnglish(readFile({ name: basename(path), contentType: undefined, bytes }));
  if (reading.kind === 'refused') return { articles: [], problems: [`${path}: ${reading.reason}`] };
  return { articles: [toArticle(basename(path, extname(path)), reading.metadata, reading.text)], problems: [] };
}

function loadBytes(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function loadPath(path: string): LoadedFile {
  const bytes = loadBytes(path);
  if (bytes === undefined) return { articles: [], problems: [`${path}: this file can't be read`] };
  if (extname(path) === '.jsonl') return parseLines(path, new TextDecoder().decode(bytes));
  if (extname(path) === '.txt') return parseArticleFile(basename(path), bytes);
  if (['.md', '.html'].includes(extname(path))) return readPage(path, bytes);
  return { articles: [], problems: [`${path}: expected .txt, .md, .html or .jsonl`] };
}

await run(USAGE, async () => {
  const options = { explain: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const reads =
    positionals.length === 0 ? [parseLines('standard input', readFileSync(0, 'utf8'))] : positionals.map(loadPath);
  const reader = await examineReader();
  if (reader.kind === 'bad') throw new Refusal(reader.sentence);
  for (const article of reads.flatMap(each => each.articles)) {
    const attributed = await attribute(article);
    console.log(values.explain ? explain(attributed) : JSON.stringify(articleRecord(attributed)));
  }
  const problems = reads.flatMap(each => each.problems);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
});
