import { element } from './element.ts';
import { word } from './words.ts';

const EXAMPLES = [
  { text: 'quoteExample', about: 'findWords' },
  { text: 'whoExample', about: 'askWho' },
  { text: 'summaryExample', about: 'sumUp' },
] as const;

/** What an empty channel shows: what this is, and three commands to try. */
export function renderWelcome(channel: string, bot: string, fill: (text: string) => void): HTMLElement {
  const examples = EXAMPLES.map(({ text, about }) => {
    const button = element(
      'button',
      { type: 'button' },
      element('code', {}, word(text)),
      element('span', {}, word(about)),
    );
    // The space at the end is what makes a command of it.
    button.addEventListener('click', () => fill(`${word(text)} `));
    return element('li', {}, button);
  });
  return element(
    'section',
    { class: 'welcome', 'aria-label': word('welcome') },
    element('img', { src: '/assets/verbatim.svg', alt: '' }),
    element('h2', {}, word('welcomeTo', channel)),
    element('p', {}, word('about', bot)),
    element('p', { class: 'lead' }, word('lead')),
    element('ul', { class: 'examples' }, ...examples),
  );
}
