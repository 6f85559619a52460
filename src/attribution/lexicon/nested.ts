/** Verbs that tell of words spoken or written, whoever uses them; others (agree, suggest, predict) as often judge or sum up. */
export const tellingVerbs: ReadonlySet<string> = new Set([
  ...['say', 'tell', 'add', 'write', 'announce', 'assure', 'warn', 'claim', 'insist', 'report', 'state', 'declare'],
  ...['testify', 'argue', 'inform', 'explain', 'conclude', 'admit', 'acknowledge', 'confirm', 'allege', 'ask', 'reply'],
  ...['tweet', 'complain', 'remind', 'notify', 'concede', 'note', 'point out', 'shout', 'answer', 'respond', 'reveal'],
]);

/** After whom words were said to, these may do without "that", as "said" may: "told me the bridge was safe". */
export const addressingForms: ReadonlySet<string> = new Set(['told', 'assured', 'informed', 'reminded', 'warned']);

/** First words of sources that are nobody in particular, or that speak or are spoken to: "I", "they", "a lot of people". */
export const nobodyInParticular: ReadonlySet<string> = new Set([
  ...['i', 'we', 'you', 'they', 'it', 'one', 'ones', 'that', 'this', 'which', 'who', 'whom', 'those', 'these', 'there'],
  ...[
    'someone',
    'somebody',
    'anyone',
    'anybody',
    'everyone',
    'everybody',
    'nobody',
    'people',
    'folks',
    'others',
    'some',
  ],
  ...[
    'many',
    'most',
    'few',
    'all',
    'none',
    'neither',
    'both',
    'us',
    'them',
    'me',
    'lot',
    'lots',
    'whoever',
    'any',
    'no',
  ],
  ...['mine', 'yours', 'hers', 'ours', 'theirs', 'sign', 'signs', 'voice', 'way'],
]);
