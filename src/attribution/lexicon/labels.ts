import { phraseSet, wordSet } from '../../news/lexicon/word-lists.ts';

/** First words before a colon that label what follows and name no speaker: "Analysis: …", "Update: …". Lower case. */
export const LABELS = wordSet(`
  analysis opinion comment live poll report exclusive editorial review explainer fact breaking update correction note
  editor quote quotes quotation source sources warning date time location where when who what why how
  interview podcast q&a questions transcript witnesses
`);

/** Labels of links to other pages: "Read more: …". Lower case. */
export const LINKS = phraseSet(`
  read, read more, read also, read next, also read, see also, see more, more, more on this, next, up next, related,
  related story, related stories, related articles, watch, watch more, listen, follow us, subscribe, sign up,
  contributing, advertisement, enquiries, inquiries, contact, contacts, media contact, press contact,
  further information, for further information, notes to editors
`);

/** Words in photo credits besides names: "Photo by Ann Lee: …". Lower case. */
export const PICTURES = wordSet(`
  image images photo photos photograph photographs picture pictures video file caption credit credits courtesy of by
  via
`);

/** Headings over lists of other articles. Lower case. */
export const HEADINGS = phraseSet(`
  related, related articles, related stories, related links, related coverage, related content, more on this,
  more on this story, more stories, read more, read next, see also, most read, you may also like, recommended, sources
`);
