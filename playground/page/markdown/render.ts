import { element } from '../dom.ts';
import { formatTimestamp } from '../time.ts';
import type { Inline } from './inline.ts';
import { type Block, type List, parseMarkdown } from './parse.ts';

export type NameOf = (id: string) => string | undefined;

const STYLE_TAGS = { strong: 'strong', emphasis: 'em', underline: 'u', strike: 's' } as const;
/** The page's own heading is h1. */
const HEADING_TAGS = ['h2', 'h3', 'h4'] as const;

/** Renders Markdown. A command mention is a button with `data-path`, which the page listens for. */
export function renderMarkdown(text: string, nameOf: NameOf): HTMLElement {
  return element('div', { class: 'markdown' }, ...parseMarkdown(text).map(block => renderBlock(block, nameOf)));
}

function renderBlock(block: Block, nameOf: NameOf): Node {
  switch (block.type) {
    case 'heading':
      return element(HEADING_TAGS[block.level - 1] ?? 'h4', {}, ...renderAll(block.children, nameOf));
    case 'subtext':
      return element('p', { class: 'subtext' }, ...renderAll(block.children, nameOf));
    case 'paragraph':
      return element('p', {}, ...renderAll(block.children, nameOf));
    case 'quote':
      return element('blockquote', {}, ...block.blocks.map(inner => renderBlock(inner, nameOf)));
    case 'code':
      return element('pre', { tabindex: 0, 'aria-label': 'Code' }, element('code', {}, block.text));
    case 'list':
      return renderList(block, nameOf);
  }
}

function renderList(list: List, nameOf: NameOf): HTMLElement {
  const items = list.items.map(item => {
    const nested = item.lists.map(inner => renderList(inner, nameOf));
    return element('li', {}, ...renderAll(item.children, nameOf), ...nested);
  });
  return list.start === undefined ? element('ul', {}, ...items) : element('ol', { start: list.start }, ...items);
}

function renderAll(nodes: readonly Inline[], nameOf: NameOf): Node[] {
  return nodes.map(node => renderInline(node, nameOf));
}

function renderInline(node: Inline, nameOf: NameOf): Node {
  switch (node.type) {
    case 'text':
      return document.createTextNode(node.text);
    case 'break':
      return element('br');
    case 'code':
      return element('code', {}, node.text);
    case 'link':
      return renderLink(node.url, renderAll(node.children, nameOf));
    case 'spoiler':
      return renderSpoiler(renderAll(node.children, nameOf));
    case 'timestamp':
      return renderTimestamp(node.unix, node.style);
    case 'command':
      return element(
        'button',
        { type: 'button', class: 'mention', 'data-command': node.id, 'data-path': node.name },
        `/${node.name}`,
      );
    case 'mention':
      return renderMention(node.of, node.id, nameOf);
    case 'emoji':
      return element('span', { class: 'emoji', title: `:${node.name}:` }, `:${node.name}:`);
    default:
      return element(STYLE_TAGS[node.type], {}, ...renderAll(node.children, nameOf));
  }
}

function renderLink(url: string, label: readonly Node[]): HTMLElement {
  return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer', title: url }, ...label);
}

function renderTimestamp(unix: number, style: string): HTMLElement {
  const shown = formatTimestamp(unix, style, Date.now());
  return element('time', { class: 'timestamp', title: formatTimestamp(unix, 'F', Date.now()) }, shown);
}

function renderMention(of: 'user' | 'role' | 'channel', id: string, nameOf: NameOf): HTMLElement {
  const sign = of === 'channel' ? '#' : '@';
  return element('span', { class: 'mention' }, `${sign}${nameOf(id) ?? `unknown-${of}`}`);
}

/** Hidden, from screen readers too, until it is pressed. */
function renderSpoiler(children: readonly Node[]): HTMLElement {
  const hidden = element('span', { hidden: true }, ...children);
  const cover = element('button', { type: 'button', class: 'cover' }, 'Spoiler');
  cover.addEventListener('click', () => {
    hidden.hidden = false;
    cover.remove();
  });
  return element('span', { class: 'spoiler' }, cover, hidden);
}
