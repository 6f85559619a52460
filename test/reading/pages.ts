import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Returns a page of invented news from the folder `pages`. */
export function pageOf(name: string): string {
  return readFileSync(join(import.meta.dirname, 'pages', name), 'utf8');
}

/** Returns a page with that many paragraphs of prose, and optional contents of head and body. */
export function plainPage(head = '', body = '', paragraphs = 4): string {
  const prose = Array.from(
    { length: paragraphs },
    (_, at) =>
      `<p>Paragraph ${at + 1} says that the ferry will run again, and that nobody knows what it will cost.</p>`,
  );
  return `<!doctype html><html><head>${head}</head><body><article>${prose.join('')}${body}</article></body></html>`;
}
