import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join } from 'node:path';

const folder = join(import.meta.dirname, 'page');
const assetName = /^[a-z\-]+\.(?:ts|css|svg|woff2)$/v;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly contentType: string;
  readonly bytes: Uint8Array | string;
}

export function isAsset(name: string): boolean {
  return assetName.test(name);
}

/** One of the page's files by a name that was checked; undefined when there is none. */
export async function readPageFile(name: string): Promise<PageFile | undefined> {
  const bytes = await readFile(join(folder, name)).catch(() => undefined);
  const contentType = contentTypes[extname(name)];
  if (bytes === undefined || contentType === undefined) return undefined;
  return { contentType, bytes: name.endsWith('.ts') ? stripQuietly(bytes.toString('utf8')) : bytes };
}

/** Node warns at the first use that this may change; a newcomer's terminal is to show one line only. */
function stripQuietly(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
