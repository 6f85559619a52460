/** What answers say around the articles’ words: one quote, who said it, one person, several through time or side by side. */
export const answers = {
  'quote.before': 'Before, ¶{paragraph}',
  'quote.after': 'After, ¶{paragraph}',
  'quote.ask': 'Tell me a few of the words, and I will look for them.',
  'quote.nothing-like': 'I have found no other quote like that one.',

  'said.ask': 'Tell me a few of the words, and I will tell you who said them.',
  'said.own-voice':
    '{articles, plural, one {The article says this itself; it quotes nobody.} other {The articles say this themselves; they quote nobody.}}',
  'said.also': 'Also close to these words:',
  'said.did-you-mean': 'I found nobody who says “{words}”. Did you mean…',

  'person.ask': 'Tell me a name, a role or a group, and I will tell you what I know.',
  'person.more-paragraphs': '{paragraphs} and {count, number} more',
  'person.aliases': 'The article also writes {forms}.',
  'person.silent': 'The article quotes nothing by {name}.',
  'person.mentioned-only': 'The article quotes nothing by {name}; it mentions them in {where}.',
  'thing.mentioned-only': 'The article quotes nothing by {name}; it mentions it in {where}.',
  'person.unread': 'The article mentions {name} in {where}. I cannot tell who speaks in articles in Chinese.',
  'person.phrase-elsewhere': 'The words “{phrase}” also stand in {where}; who is meant there, I do not know.',
  'person.says': 'Says {count, plural, one {one thing} other {# things}} here.',
  'person.says-mentioned': 'Says {count, plural, one {one thing} other {# things}} here; mentioned in {where}.',
  'person.silent-across': 'In {articles, number} articles, which quote nothing by them.',
  'thing.silent-across': 'In {articles, number} articles, which quote nothing by it.',
  'person.says-across':
    'Says {count, plural, one {one thing} other {# things}} in {articles, number} articles, the newest first.',
  'person.shown': 'Shown here: {count, number} of these articles.',
  'person.mentioned-in': 'Mentioned in',

  'subject.shorter': 'Tell me the subject in shorter words.',
  'compare.ask': 'Tell me two names, and I will show what each of them said.',
  'compare.same': 'Both names mean one and the same speaker. Pick two from the lists that open as you type.',
  'compare.perhaps-same': 'Both names most likely mean {name}.',
  'compare.neither': 'Neither of them says anything like that. Try fewer words, or leave out `words`.',
  'compare.quotes': '{count, plural, one {# quote} other {# quotes}}',
  'compare.on': 'On “{words}”, the newest first',
  'compare.no-more': 'Nothing more by {name}.',
  'compare.nothing': 'Nothing by {name} is there.',
  'compare.nothing-like': 'Nothing by {name} is like “{words}”.',

  'timeline.ask': 'Tell me a name, and I will show what they said, the oldest first.',
  'timeline.nothing': 'I found nothing of that by {name}. Leave out {narrow}.',
  'timeline.no-day': 'Day not known',
  'timeline.likest': ', the likest to “{words}”',
  'timeline.from': ', from {day} on',
  'timeline.until': ', until {day}',
  'timeline.order':
    '{count, plural, one {One quote} other {# quotes}}{chosen}, the oldest first by the day of the article; those of no known day come last.',

  'random.none': 'I found no quote of which I am sure enough whose it is. Ask for a `speaker`, or add more articles.',
  'random.none-by': 'I found nothing in quotation marks of which I am sure enough that {name} said it.',

  'summary.title': 'In the article’s own sentences',
  'summary.speakers': '{count, plural, one {# speaker} other {# speakers}}',
  'summary.more': 'and {count, number} more',
} as const;
