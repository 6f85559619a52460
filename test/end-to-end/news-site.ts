import { createServer } from 'node:http';

/** A local website, with pages by path. */
export interface NewsSite {
  readonly address: string;
  close(): Promise<void>;
}

/** Pages under `/slow` take longer than Discord's limit of 3 seconds. */
const slowness = 3300;

export async function openNewsSite(pages: Readonly<Record<string, string>>): Promise<NewsSite> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    const answer = () => {
      response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(page);
    };
    setTimeout(answer, request.url?.startsWith('/slow') ? slowness : 0);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const close = async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  };
  return { address: `http://127.0.0.1:${port}`, close };
}

/** Returns a page like those of news sites. */
export function pageOf(title: string, paragraphs: readonly string[]): string {
  const body = paragraphs.map(paragraph => `<p>${paragraph}</p>`).join('\n');
  return `<!doctype html><html><head><title>${title}</title><meta property="og:site_name" content="Valley Courier">
<meta property="article:published_time" content="2024-05-02"></head>
<body><nav>Home Sport</nav><article><h1>${title}</h1>${body}</article></body></html>`;
}
