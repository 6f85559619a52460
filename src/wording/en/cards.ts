/** What stands on a card beside the article’s words, what describes it, and why there is none. */
export const cards = {
  'card.ask': 'Tell me a few of the words, and I will make a card of them.',
  'card.nobody': 'Nobody is quoted there: the article says it in its own voice. A card needs somebody who said it.',
  'card.naming':
    'These words tell who speaks, and nobody says them. Ask for words that they said, and I make a card of those.',
  'card.beside': 'The article says these words itself, beside what it quotes. Ask for words that somebody says there.',
  'card.unclear':
    'The article does not tell who said that, so I make no card of it: it would put words in somebody’s mouth. `/quote` shows the passage.',
  'card.denied':
    'The article says that somebody denied that, or did not say it, so I make no card of it. `/quote` shows the passage.',
  'card.doubtful':
    'I may have misread who says what there, so I make no card of it. `/quote` shows the passage for you to judge.',
  'card.long': 'That sentence is too long for a card: at most {most, number} characters fit. `/quote` shows it.',
  'card.letters':
    'Some of its letters are in none of my typefaces, so a card would show boxes. `/quote` shows the passage.',

  'card.inferred': 'Speaker inferred',
  'card.inferred-from': 'Speaker inferred: the article says “{phrase}”',
  'card.in-article': 'In the article: “{phrase}”',
  'card.reported-by': 'As reported by {teller}',
  'card.reported-by-nobody': 'As reported by somebody whom the article does not name',
  'card.indirect': 'In the article’s wording, not quoted',
  'card.mixed': 'Partly in the article’s wording',
  'card.longer': 'From a longer statement',

  'card.described': '{words} – {credit}',
  'card.described-quotation': '“{words}” – {credit}',
  'card.paper': 'Paper',
  'card.night': 'Night',
  'card.forest': 'Forest',
  'card.wide': 'Wide',
  'card.square': 'Square',
} as const;
