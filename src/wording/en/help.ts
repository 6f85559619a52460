/** The answer to `/help`: what each command does, after its name. In backquotes stand names of options. */
export const help = {
  'advice.quote':
    'finds the very words, even when you remember them only roughly; `speaker`, `article`, `outlet`, `after` and `before` narrow it.',
  'advice.who said': 'tells who said it; `article`, `outlet`, `after` and `before` narrow it.',
  'advice.who is': 'tells who somebody is, in the articles’ own words, and what they said, the newest first.',
  'advice.card': 'makes a picture of a quote to share, with who said it and where.',
  'advice.check': 'checks a quote: exact, altered, cut, stitched together, denied, or by somebody else.',
  'advice.speakers':
    'shows who is quoted and how often, in an `article` or in all, as bars and as text; a menu opens one of them.',
  'advice.compare': 'shows what two people said, on a subject if you give `words`, the newest first.',
  'advice.timeline':
    'shows what somebody said through time, the oldest first; `words`, `after` and `before` narrow it.',
  'advice.random': 'shows any quote, by a `speaker` if you like; only where it is clear who said it.',
  'advice.summary': 'picks the sentences that stand for an article, and tells who speaks in it.',
  'advice.article add': 'adds an article by its link or as a file; give neither to paste one.',
  'advice.article list': 'lists what I have read.',
  'advice.article show': 'shows a whole article, its paragraphs numbered.',
  'advice.article remove': 'removes an article; for 10 minutes that can be undone.',
  'advice.article export': 'gives you all articles as a file.',
  'advice.library erase': 'erases every article, for good, after you typed the server’s name.',
  'advice.settings': 'shows and sets who sees answers here, their language and their colour.',

  'help.head':
    '### Who said what, word for word\nI look things up in the articles I have read and show the very words, who said them and where. I make nothing up.',
  'help.line': '{command} {does}\n-# Try `{example}`',
  'help.menus':
    '-# On any message: Apps > **{check}** checks what it quotes, **{add}** reads what it links to or holds.',
  'help.private':
    '-# Every answer can be just for you: `{private}:True`. Whoever asked can take back one that all see, with **{delete}**. Where an article leaves open who is speaking, I say so rather than guess.',
} as const;
