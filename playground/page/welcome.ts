import { element } from './element.ts';

const EXAMPLES = [
  { text: '/quote words:open lines of communication', about: 'find the words, and who said them' },
  { text: '/who said words:They’ve already decided', about: 'ask who said something' },
  { text: '/summary', about: 'the article in its own sentences' },
];

/** What an empty channel shows: what this is, and three commands to try. */
export function renderWelcome(channel: string, bot: string, fill: (text: string) => void): HTMLElement {
  const examples = EXAMPLES.map(({ text, about }) => {
    const button = element('button', { type: 'button' }, element('code', {}, text), element('span', {}, about));
    // The space at the end is what makes a command of it.
    button.addEventListener('click', () => fill(`${text} `));
    return element('li', {}, button);
  });
  return element(
    'section',
    { class: 'welcome', 'aria-label': 'Welcome' },
    element('img', { src: '/assets/verbatim.svg', alt: '' }),
    element('h2', {}, `Welcome to #${channel}`),
    element(
      'p',
      {},
      `${bot} is a member here. It answers who said what in the news, word for word, with the place it stands.`,
    ),
    element('p', { class: 'lead' }, 'Type / for its commands, or begin with one of these:'),
    element('ul', { class: 'examples' }, ...examples),
  );
}
