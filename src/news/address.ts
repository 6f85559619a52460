/** What newsletters and networks add to a link: it says where a reader came from, not what is read. */
const tracking = /^(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref_src|cmpid|smid)$/iv;
/** A page within a site of which all pages have one path: "#/a", "#!a". Any other fragment is a place on the page. */
const page = /^#[\/!]/v;

export function isTracking(parameter: string): boolean {
  return tracking.test(parameter);
}

/** The part of an address's fragment that tells pages apart; empty in most. */
export function pageIn({ hash }: URL): string {
  return page.test(hash) ? hash : '';
}
