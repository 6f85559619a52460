import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import chromium, { inflate } from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium as playwright } from 'playwright-core';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '../..');

/**
 * Launches Chromium from npm on Linux, with the libraries and the font that a bare machine lacks; elsewhere the
 * installed Chrome.
 */
export async function launchBrowser(): Promise<Browser> {
  if (process.platform !== 'linux') return await playwright.launch({ channel: 'chrome' });
  const folder = await unpack();
  return await playwright.launch({
    executablePath: join(folder, 'chromium'),
    // Needed to start as root (in a container), and for the same text layout everywhere.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      ...definedOnly(process.env),
      FONTCONFIG_PATH: folder,
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    },
  });
}

/** Opens a context with the installed fonts alone, so maybe without a Chinese one. */
export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options });
}

/** Opens a context with a Chinese font, for what depends on how pages look. All of its requests are intercepted. */
export async function openChineseContext(browser: Browser, options?: BrowserContextOptions): Promise<BrowserContext> {
  const context = await openContext(browser, options);
  const font = dirname(require.resolve('@fontsource-variable/noto-sans-sc/package.json'));
  await context.route('**/assets/page.css', async route => {
    const response = await route.fetch();
    const faces = await readFile(join(font, 'index.css'), 'utf8');
    await route.fulfill({ response, body: `${faces.replaceAll('./files/', '/fonts/')}\n${await response.text()}` });
  });
  await context.route('**/fonts/*.woff2', async route => {
    await route.fulfill({ path: join(font, 'files', new URL(route.request().url()).pathname.slice('/fonts/'.length)) });
  });
  return context;
}

/** Unpacks the package into a folder of our own, never leaving it incomplete. */
async function unpack(): Promise<string> {
  const { version } = require(join(dirname(require.resolve('@sparticuz/chromium')), '../package.json'));
  const cache = join(root, 'node_modules/.cache');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const unpacking = await mkdtemp(join(cache, 'unpacking-'));
  await unpackInto(unpacking);
  await writeFile(join(unpacking, 'fonts.conf'), fontsConfiguration(join(folder, 'fonts')));
  // If another test file was faster, either result will do.
  await rename(unpacking, folder).catch(async () => await rm(unpacking, { recursive: true }));
  return folder;
}

async function unpackInto(folder: string): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  await chromium.executablePath();
  await inflate(join(dirname(require.resolve('@sparticuz/chromium')), '../bin/al2023.tar.br'));
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
}

function fontsConfiguration(fonts: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${fonts}/cache</cachedir></fontconfig>
`;
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
