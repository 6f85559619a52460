/** What stands for something else than its letters: mentions, custom emoji, timestamps, commands. */
const reference = /<(?:@(?:!|&)?|#|a?:\w{1,32}:|t:|id:|\/)[^<>\n]{0,100}>/gv;
/** Whom a line calls before or behind its words; among them it is a word that somebody put there. */
const call = /^(?:[ \t]*@(?:everyone|here)(?![\p{L}\p{N}]))+|(?:[ \t]+@(?:everyone|here))+[ \t]*$/gmv;
const maskedLink = /\[(?<shown>[^\[\]\n]{1,400})\]\(<?https?:\/\/[^\s\(\)<>]{1,1000}>?\)/giv;
const bareLink = /<?https?:\/\/[^\s<>"“”]{1,1000}>?/giv;
const fence = /```(?:\w{0,20}\n)?/gv;
const code = /`(?<inside>[^`\n]{1,1000})`/gv;
const strongMarker = /\*+|~~|\|\||__/gv;
const underscore = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gv;
const lineMarker = /^[ \t]*(?:#{1,3}|-#|[*\-](?=[ \t]+["“„«‘「『]))[ \t]+/gmv;
const escapedSign = /\\(?<sign>[^\p{L}\p{N}\s])/gv;

/** Where an escaped sign was, so that it is not taken for a marker: a private-use sign for each of ASCII's marks. */
const hidden = 0xe000;

/** The words of a message without Discord's markup: formatting, mentions, links, emoji. Quoted lines are not its concern. */
export function plainText(message: string): string {
  return message
    .toWellFormed()
    .replaceAll(/[\ue000-\ue07f]/gv, '')
    .replaceAll(escapedSign, (whole, sign: string) => {
      const point = sign.codePointAt(0) ?? 0;
      return point < 0x80 ? String.fromCodePoint(hidden + point) : whole;
    })
    .replaceAll(fence, '')
    .replaceAll(code, '$<inside>')
    .replaceAll(reference, ' ')
    .replaceAll(call, ' ')
    .replaceAll(maskedLink, '$<shown>')
    .replaceAll(bareLink, ' ')
    .replaceAll(lineMarker, '')
    .replaceAll(strongMarker, '')
    .replaceAll(underscore, '')
    .replaceAll(/[\ue000-\ue07f]/gv, sign => String.fromCodePoint((sign.codePointAt(0) ?? hidden) - hidden));
}
