const WORDS = [
  'newsletters?|sign-?up|subscribe|subscription|subscribers',
  'comments?|comment-list|disqus|respond|replies|discussion',
  'related|read-?more|also-read|more-on|more-from|recirc|recirculation|recommended|recommendations|trending|popular|most-read',
  'promos?|promotion|promotions|adverts?|advertisement|ads?|advertising|sponsor|sponsored|outbrain|taboola|dfp',
  'social|share|sharing|sharebar|sharedaddy|follow-us',
  'captions?|credits?|photo-credit|image-credit',
  'cookies?|consent|gdpr|breadcrumbs?|sidebar|pagination|pager|tags|toolbar|skip-link|author-bio|app-download',
].join('|');

/** Matches classes, ids and roles (lower case, words joined by hyphens) of boxes that aren't part of the article. */
export const BOX = new RegExp(`(?:^|[\\s\\-])(?:${WORDS})(?:$|[\\s\\-])`, 'v');
