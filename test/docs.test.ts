import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const pages = globSync(['*.md', '{docs,seeds,training,test}/**/*.md'], { cwd: root });

const link = /\]\((?<path>[^\)#\s]*)(?:#(?<anchor>[^\)\s]+))?\)/gv;
const ourPath = /`(?<path>(?:src|test|bench|playground|training|deploy|docs|seeds)\/[\w\-.\/]+)`/gv;

function read(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** Returns the anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  const headings = [...text.matchAll(/^#+ (?<heading>.*)$/gmv)].map(({ groups }) => groups?.heading ?? '');
  return headings.map(heading =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gv, '')
      .replaceAll(' ', '-'),
  );
}

function problemsOf(page: string): readonly string[] {
  const text = read(page);
  const links = [...text.matchAll(link)].flatMap(({ groups }) => {
    const { path = '', anchor } = groups ?? {};
    if (/^\w+:/v.test(path)) return [];
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(root, target))) return [path];
    return anchor === undefined || anchorsOf(read(target)).includes(anchor) ? [] : [`${path}#${anchor}`];
  });
  const paths = [...text.matchAll(ourPath)].map(({ groups }) => groups?.path ?? '');
  return [...links, ...paths.filter(path => !existsSync(join(root, path)))];
}

test.each(pages)('%s links only to headings and files that exist', page => {
  expect(problemsOf(page)).toEqual([]);
});

test('README has at most 900 words', () => {
  expect(read('README.md').trim().split(/\s+/v).length).toBeLessThanOrEqual(900);
});

test('there are pages to check', () => {
  expect(pages.length).toBeGreaterThan(20);
});
