/** What is said where a search leads nowhere, or to several. Names of commands and options are put in as Markdown. */
export const searching = {
  'searching.person': '{name} ({said, plural, =0 {not quoted} one {# quote} other {# quotes}})',
  'searching.nobody-near': 'Nothing by {name}. Did you mean {people}?',
  'searching.nobody': 'I know nobody called {name}. Try a surname or a role, or see who speaks with {summary}.',
  'searching.nobody-there': 'I know nobody called {name} there. Try a surname or a role, or leave out {options}.',
  'searching.says-nothing':
    'The {articles, plural, one {article quotes} other {articles quote}} nothing by {name}. See where {articles, plural, one {it mentions} other {they mention}} them with {who}.',
  'searching.could-be': '{name} could also be {people}. Pick them from the list as you type.',
  'searching.nothing': 'I found nothing like {words}. Try fewer or rarer words, or see what I have read with {list}.',
  'searching.nothing-there': 'I found nothing like {words} there. Try fewer words, or leave out {options}.',
  'searching.no-date':
    'I cannot read {day} as a date. Write it like `2022-03-14`, `2022-03`, `2022`, `14 March 2022` or `yesterday`.',
  'searching.no-days': 'No day is both after {after} and before {before}. Change the two, or leave one out.',

  'searching.gone': 'That article was removed just now, or cannot be read any more. Please choose another one.',
  'searching.no-article': 'I have no article called {title}. See what I have with {list}.',
  'searching.articles': '{title} could be {titles}. Pick one from the list that opens as you type.',
  'searching.empty': 'The library is still empty. Put an article into it with {add}.',
} as const;
