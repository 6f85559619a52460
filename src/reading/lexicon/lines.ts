/** Lines between paragraphs that point elsewhere, unless they are whole sentences. */
export const POINTERS: readonly RegExp[] = [
  /^(?:read|see|watch|listen)(?: (?:more|also|next|now|here|this))+\b/iv,
  /^(?:related(?: (?:stories|articles?|coverage|topics?|content))?|recommended(?: stories| reading)?|more on this story|most read|trending|comments?|advertisement|ad|sponsored|share|save|copy link|print|listen|watch)$/iv,
  /^(?:share (?:this|on|via)|click here|download (?:our|the) app|advertisement|scroll to continue)\b/iv,
  /^\d{1,4} (?:comments?|shares?|min(?:ute)?s? read)$/iv,
  /^(?:相關新聞|相关新闻|延伸閱讀|延伸阅读|更多新聞|更多新闻|推薦閱讀|推荐阅读|廣告|广告|閱讀更多|阅读更多)/v,
];

/** Lines that are never part of an article, even if they are whole sentences. */
export const ASIDES: readonly RegExp[] = [
  /^(?:read more|also read|see also|related(?: (?:stories|articles?|coverage|topics?|content))?|more on this(?: story)?|don[’']t miss|recommended|up next)\s*[:：\-–—▸»>]/iv,
  /^(?:continue reading|story continues|article continues|keep reading)\b/iv,
  /^(?:sign up|subscribe|register|get) (?:to|for|now|here|today|our|the)\b.{0,120}\b(?:newsletters?|emails?|inbox|alerts?|briefing|podcast)\b/iv,
  /^(?:follow|like|join|find) us on\b/iv,
];

/** Paywall notices. */
export const KEPT_BACK: readonly RegExp[] = [
  /\b(?:subscribe|sign in|sign up|log in|register|join)(?: now| today| here)? (?:to|and) (?:continue|keep) reading\b/iv,
  /\bto (?:(?:continue|keep) reading|read (?:on|more|the (?:full|rest|whole)))\b.{0,40},? (?:please )?(?:subscribe|sign|log|register|join|become|create)\b/iv,
  /^(?:continue|keep) reading (?:for|with) .{0,40}(?:[£€$]|\bfree\b|\btrial\b|\bsubscri)/iv,
  /\b(?:subscribe|sign in|sign up|log in|register)(?: now)? to (?:read|unlock|access|view|get) (?:the |this )?(?:full|whole|rest|entire|complete|article|story)\b/iv,
  /\bthis (?:article|story|content|page) is (?:only |exclusively |exclusive )?(?:for|to|available to|reserved for) (?:our )?(?:subscribers|members|paying|registered)\b/iv,
  /\bsubscribe (?:now |today )?for (?:full|unlimited) (?:digital )?access\b/iv,
  /\b(?:already a|for) subscribers?(?: only)?\s?[?!:]/iv,
  /\byou have (?:reached|read) (?:your|all your|the) .{0,40}(?:limit|free articles?)\b/iv,
  /\b(?:the rest|remainder) of this (?:article|story) is\b/iv,
  /(?:訂閱|订阅|登入|登录|成為會員|成为会员).{0,8}(?:繼續|继续|完整|全文|解鎖|解锁)/v,
];
