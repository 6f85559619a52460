const WORDS = [
  'newsletters?|sign-?up|subscribe|subscription|subscribers',
  'comments?|comment-list|disqus|respond|replies|discussion',
  'related|read-?more|also-read|more-on|more-from|recirc|recirculation|recommended|recommendations|trending|popular|most-read',
  'promos?|promotion|promotions|adverts?|advertisement|ads?|advertising|sponsor|sponsored|outbrain|taboola|dfp',
  'social|share|sharing|sharebar|sharedaddy|follow-us',
  'captions?|credits?|photo-credit|image-credit',
  'cookies?|consent|gdpr|breadcrumbs?|sidebar|pagination|pager|tags|toolbar|skip-link|author-bio|app-download',
].join('|');

/** Classes, ids and roles (words joined by hyphens, lower case) of boxes that stand beside the article's words. */
export const BOX = new RegExp(`(?:^|[\\s\\-])(?:${WORDS})(?:$|[\\s\\-])`, 'v');
