/** Adding, keeping, listing, removing and exporting articles. */
export const articles = {
  'adding.text': 'The text',
  'adding.refused': '{name}: {reason}',
  'adding.nothing-there': 'That message has neither a link nor a file. Use this on one that has, and I will read it.',
  'adding.first-of': 'That message holds {all, number} links and files: here are the first {most, number}.',
  'adding.keep': 'Keep this article?',
  'adding.keep-of': 'Keep this article? ({place, number} of {total, number})',
  'adding.not-found': 'Not found: {unknown}.',
  'adding.one-more-unknown': '{unknown}, {one}',
  'adding.outlet': 'outlet',
  'adding.date': 'date',
  'adding.link': 'link',
  'adding.not-kept': 'Nothing is kept yet. I remember it for 15 minutes.',
  'adding.already-same': 'In the library already, word for word: {title}\n**Keep** changes nothing.',
  'adding.already-linked':
    'The library has this link already, with another text: {title}\n**Keep replaces that text**, and nothing of it is left.',
  'adding.button-keep': 'Keep',
  'adding.button-discard': 'Discard',
  'adding.too-long':
    '{title} is longer than {most, number} bytes, the most that one article may have. Add it in parts.',
  'adding.same': 'In the library already, word for word: {title}',
  'adding.updated':
    'Updated: {title}\nIts link was in the library with another text. Answers now cite this one, and say “updated”.',
  'adding.kept': 'Kept: {title}\nAsk about it with {quote}, or read it with {show}.',
  'adding.full':
    'The library is full: it holds {most, plural, one {one article} other {# articles}} and takes no more. Make room with {remove}, then press Keep again.',
  'adding.discarded': 'Discarded: {title}',

  'showing.continued': '¶{number}, continued',

  'listing.all': '{total, plural, one {One article} other {# articles}} to ask about',
  'listing.like': '{total, plural, one {One article} other {# articles}} like {words}',
  'listing.none-like': 'I have no article like {words}. See all of them with {list}.',

  'removing.which': 'Tell me which article, and I will ask once more.',
  'removing.question': 'Remove this article?',
  'removing.what-goes':
    'It goes from the library, and no answer finds or cites it any more. For 10 minutes that can be undone; then nothing of it is left.',
  'removing.button-remove': 'Remove',
  'removing.button-spare': 'Leave it',
  'removing.button-undo': 'Undo',
  'removing.spared': 'Nothing was removed.',
  'removing.removed': 'Removed: {title}',
  'removing.undoable': 'For 10 minutes this can be undone.',
  'removing.too-late': 'That can no longer be undone: 10 minutes are over, or it is back already.',
  'removing.back': 'Back in the library: {title}',

  'exporting.all':
    '{articles, plural, one {The one article} other {All # articles}} of this library, one JSON object a line.',
  'exporting.more': 'More of the same.',
  'exporting.left-out':
    '{number, plural, one {One article is} other {# articles are}} too large for Discord and not in these files: whoever runs me can export them.',

  'pasting.title': 'Add an article',
  'pasting.headline': 'Title',
  'pasting.what-headline': 'The headline as it was published',
  'pasting.link': 'Link',
  'pasting.what-link': 'Where it stands, if it is online',
  'pasting.text': 'Text',
  'pasting.what-text': 'Up to 4,000 characters. For more, give /article add a file.',
} as const;
