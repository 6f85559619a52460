/** What a page's JSON-LD says of its article. Nothing of it is checked but that it is words. */
export interface ArticleRecord {
  readonly title: string | undefined;
  readonly outlet: string | undefined;
  readonly byline: string | undefined;
  readonly published: string | undefined;
  readonly url: string | undefined;
  /** False where the page says that its article is not free. */
  readonly isFree: boolean;
}

type Fields = ReadonlyMap<string, unknown>;

const ARTICLE_TYPE = /(?:Article|BlogPosting|NewsItem|Report|LiveBlogPosting)$/v;
/** Pages wrap their records; none is wrapped deeper, or in more. */
const MOST_OBJECTS = 500;
const MOST_AUTHORS = 20;

/** The first article of the page's records: schema.org’s NewsArticle and its kin, at the top or in a graph. */
export function readRecords(records: readonly string[]): ArticleRecord | undefined {
  const waiting: unknown[] = records.map(parse);
  for (let seen = 0; seen < waiting.length && seen < MOST_OBJECTS; seen += 1) {
    const value = waiting[seen];
    if (Array.isArray(value)) waiting.push(...value.slice(0, MOST_OBJECTS));
    const fields = toFields(value);
    if (isArticle(fields)) return toRecord(fields);
    for (const key of ['@graph', 'mainEntity']) if (fields.has(key)) waiting.push(fields.get(key));
  }
  return undefined;
}

function parse(record: string): unknown {
  try {
    return JSON.parse(record);
  } catch {
    return undefined;
  }
}

function toFields(value: unknown): Fields {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return new Map<string, unknown>(isObject ? Object.entries(value) : []);
}

function isArticle(fields: Fields): boolean {
  return listOf(fields.get('@type')).some(type => typeof type === 'string' && ARTICLE_TYPE.test(type.slice(-40)));
}

function toRecord(fields: Fields): ArticleRecord {
  const authors = listOf(fields.get('author')).slice(0, MOST_AUTHORS).map(nameOf);
  const named = authors.filter(name => name !== undefined);
  const page = fields.get('mainEntityOfPage');
  return {
    title: words(fields.get('headline')) ?? words(fields.get('name')),
    outlet: nameOf(fields.get('publisher')),
    byline: named.length === 0 ? undefined : named.join(', '),
    published: words(fields.get('datePublished')),
    url: words(fields.get('url')) ?? words(page) ?? words(toFields(page).get('@id')),
    isFree: !/^(?:false|http:\/\/schema\.org\/False)$/iv.test(
      String(listOf(fields.get('isAccessibleForFree'))[0] ?? true),
    ),
  };
}

function nameOf(value: unknown): string | undefined {
  const [first] = listOf(value);
  return words(first) ?? words(listOf(toFields(first).get('name'))[0]);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function words(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
