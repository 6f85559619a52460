/** Words in the names of newspapers and news sites. `The` alone is not one: "The Hague". */
export const OUTLET =
  /(?<!\p{L})(?:post|times|news|newspaper|gazette|herald|tribune|journal|chronicle|daily|weekly|telegraph|guardian|observer|echo|courier|examiner|mercury|standard|sentinel|bulletin|dispatch|inquirer|enquirer|review|magazine|press|broadcasting|radio|reuters|bloomberg|bbc|cnn|afp|npr|cbc|abc|wire|agency)(?!\p{L})|(?:日報|日报|時報|时报|晚報|晚报|新聞|新闻|通訊社|通讯社|電視台|电视台|週刊|周刊|雜誌|杂志|社)$/iv;

/** Parts of a byline that say what somebody does. */
export const ROLE =
  /^(?:(?:staff|senior|chief|political|foreign|local|business|science|sports?|special|health|economics|education|environment|transport|technology|security|legal|\p{Lu}\p{L}+)\s+){0,3}(?:writer|reporter|correspondent|editor|columnist|staff)s?$/iv;

/** Lines that only say when a text was published, read or changed: "Updated 2 hours ago", "10:15 GMT". */
export const STAMPS: readonly RegExp[] = [
  /^(?:(?:last )?(?:updated|published|posted|modified)\s*[:：]?\s*)?(?:\d{1,3}|an?|one) (?:seconds?|mins?|minutes?|hours?|hrs?|days?|weeks?|months?) ago$/iv,
  /^(?:(?:last )?(?:updated|published|posted|modified)\s*(?:at|:)?\s*)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?(?:\s?(?:GMT|UTC|BST|CET|CEST|E[SD]?T|P[SD]?T|C[SD]T|HKT|CST|JST|AEST|AEDT)(?:[+\-]\d{1,2})?)?$/iv,
];

/** Lines of a press release, an advertisement or a site's cookie notice. Short ones only. */
export const NOTICES: readonly RegExp[] = [
  /^[\-–—*\[\(\s]*(?:advertisement|for immediate release)[\-–—*\]\)\s.:]*$/iv,
  /^(?:we|we and our (?:\d+ )?partners|this (?:web)?site|our (?:web)?site) (?:use|uses|store|stores|may use) cookies\b[^“”"]*$/iv,
  /^(?:by (?:continuing|using)\b[^“”"]{0,80}\bcookies\b[^“”"]*|accept(?: all)?(?: cookies)?|reject all(?: cookies)?|(?:manage |your )?cookie (?:settings|policy|preferences|notice))$/iv,
  /^(?:(?:facebook|twitter|x|whatsapp|linkedin|e-?mail|telegram|reddit|pinterest|bluesky|threads|messenger|share|print|copy link|save)(?:[\s,\|\/·•]+|$)){2,}$/iv,
  /^(?:本網站使用|本网站使用|我們使用|我们使用)\s*[Cc]ookie/v,
];
