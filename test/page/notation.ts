import type { Inline } from '../../playground/page/markdown/inline.ts';
import type { Block, List } from '../../playground/page/markdown/parse.ts';

/** Returns the tree in a short notation, so that a test shows the result at a glance. */
export function notation(blocks: readonly Block[]): string {
  return blocks.map(block => `${block.type}${inside(block)}`).join(' ');
}

function inside(block: Block): string {
  switch (block.type) {
    case 'quote':
      return `(${notation(block.blocks)})`;
    case 'code':
      return `${block.language}(${block.text})`;
    case 'list':
      return listNotation(block);
    case 'heading':
      return `${block.level}(${block.children.map(inlineNotation).join('')})`;
    default:
      return `(${block.children.map(inlineNotation).join('')})`;
  }
}

function listNotation({ start, items }: List): string {
  const shown = items.map(({ children, lists }) => {
    return [children.map(inlineNotation).join(''), ...lists.map(listNotation)].join(' ');
  });
  return `${start ?? ''}[${shown.join('; ')}]`;
}

function inlineNotation(node: Inline): string {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'break':
      return '⏎';
    case 'link':
      return `link<${node.url}>(${node.children.map(inlineNotation).join('')})`;
    case 'code':
      return `code(${node.text})`;
    case 'timestamp':
      return `time(${node.unix} ${node.style})`;
    case 'command':
      return `command(${node.name} ${node.id})`;
    case 'mention':
      return `${node.of}(${node.id})`;
    case 'emoji':
      return `emoji(${node.name})`;
    default:
      return `${node.type}(${node.children.map(inlineNotation).join('')})`;
  }
}

/** Returns every character that the tree shows, in order. */
export function textOf(blocks: readonly Block[]): string {
  return blocks.map(blockText).join('');
}

function blockText(block: Block): string {
  if (block.type === 'quote') return textOf(block.blocks);
  if (block.type === 'code') return block.language + block.text;
  if (block.type === 'list') return listText(block);
  return block.children.map(inlineText).join('');
}

function listText({ items }: List): string {
  return items.map(({ children, lists }) => children.map(inlineText).join('') + lists.map(listText).join('')).join('');
}

function inlineText(node: Inline): string {
  return 'children' in node ? node.children.map(inlineText).join('') : node.text;
}
