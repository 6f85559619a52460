import { describe, expect, test } from 'vitest';
import { toArticle } from '../../src/news/build.ts';
import { pairQuotations } from '../../src/news/quotations.ts';
import { joinHalves } from '../../src/news/sentences.ts';
import { slice } from '../../src/news/span.ts';
import { UNKNOWN_MASTHEAD } from './mastheads.ts';

/** One paragraph; ` | ` stands where a sentence ends, `|` where no blank follows it. */
const CASES: readonly string[] = [
  // Abbreviations, names, numbers
  'They sell it in the U.S. | The rest goes to Asia.',
  'The U.S. President met U.S. Sen. Lee in the U.S. on Monday.',
  'He met Mr. Xi and Mrs. Xi. | Ms. Lee left.',
  'Rep. Ann Lee (D-N.Y.) voted no. | She left.',
  'Rep. Lee, D-N.Y., and Sen. Paul (R-Ky.), who voted no, left.',
  'It was made by Rep. Lee, D-N.Y. | The bill failed.',
  'He bought it on Amazon.com. | Shares of Amazon.com fell.',
  'Yahoo! said it would sell. | Yahoo! Inc. fell. | He left Yahoo! | The rest stayed.',
  'J. K. Rowling met J.K. Simmons and George W. Bush. | He smiled.',
  'Harry S. Truman said so. | It was Plan B. | The team left.',
  'Prices rose 3.5 percent to $4.75. | They fell 2.1 in May.',
  'It starts at 9 a.m. Monday and ends at 5 p.m. | Police will watch.',
  'It starts at 9 a.m. on Monday. | He woke at 5 a.m. | The sun rose.',
  'He is No. 5 on the list. | No. | We are not No. 1.',
  'Apple Inc. Chief Executive Tim Cook left. | He was with Apple Inc. | The shares fell.',
  'Shares of Acme Corp. and Foo Co. Ltd. rose. | Foo & Co. said so.',
  'Ann Lee, Ph.D., teaches. | She holds a Ph.D. | She also writes. | Her M.D. came later.',
  'On Sept. 11, 2001, they met. | It was Sept. | The leaves fell.',
  'He lives in St. Paul, Minn., near Mt. Hood. | They moved to Ft. Worth.',
  'U.N. Secretary-General Kofi Annan spoke at the U.N. | He left.',
  'Martin Luther King Jr. Boulevard is long. | He met John Lee Jr. | They spoke.',
  'It was Lee vs. The State. | He won, i.e. Lee did, e.g. Monday.',
  'Gen. Lee, Lt. Col. Park and Sgt. Kim came. | Gov. Roe did not.',
  'See Vol. 5, p. 7 and Fig. 3. | It is Lee et al. | They agree.',
  'He said it etc. | Lee left.',
  'The F.B.I. and C.I.A. declined. | The D.E.A. did, too.',
  'A U.S.-led force came. | The U.K.’s did not.',
  'The Washington, D.C. Council met in Washington, D.C. | It voted.',
  'It cost $1.2 billion in 2016. | Two years later it cost $3. | 40 people paid.',
  'The I.P.O. raised cash. | iPhone sales rose. | eBay fell.',
  'Version 2.0.1 is out. | See example.co.uk/a.b?c=d. | It works.',
  'Read it (on p. 7). | Then go.',
  // Brackets, other scripts
  'He met Xi Jinping (習近平). | He left.',
  '“It really is a project of [Chinese President] Xi Jinping (習近平). | He is behind this,” the official said.',
  'It fell. | (It had risen.) | It rose.',
  'He left (it was late!). | She stayed.',
  'He (really!) left. | She stayed.',
  'It was so.[1] | It is not.[2][3] | It will be.',
  '他说：“你好。”|然后他走了。|真的吗？|是！',
  '“你好。”他说。|她走了。',
  '「走吧！」他表示。|「好。」|大家都走了。',
  '他问：“谁？”、“哪里？”，并离开了。|她说“好！”——他也是。',
  '好（真的！）。|是吗？',
  'Привет. | Как дела? | Хорошо!',
  '¿Cómo está? | ¡Bien! | Gracias.',
  // Quotations
  '“Stop!” he shouted. | She did.',
  '“Stop!” Lee shouted. | “Why?” Mr. Lee asked.',
  '“Stop!” | He ran.',
  '“Why?” the official asked. | “Why now?”',
  '“The key is their position. | We see no sign of that,” another US official said. | “They’ve decided.”',
  '“A goes. | B stays,” he said.',
  "'A goes. | B stays,' he said.",
  'He said: “A goes. | B stays.” | Then he left.',
  'He said “Stop! Go!” and left. | She stayed.',
  '“Stop! In the Name of Love” was a hit. | It sold.',
  'He said, “We go.” | She said, “We stay.”',
  'He said, “We go.” | “We stay,” she said.',
  '"We go." | "We stay," she said.',
  'He told them “we go.” | The rest left.',
  'He called it ‘a mess.’ | They agreed.',
  'It was a “mess”. | They agreed.',
  '“We go,” said Lee. | “We stay.” — Park',
  '“We love the U.S. | We do,” he said.',
  'They came from “the U.S.” | The rest did not.',
  '“He asked ‘why?’ and left,” she said. | He did.',
  '« On y va. » | Il part.',
  '„Wir gehen.“ | Er ging.',
  '“We go. | “We stay,” he said.',
  // Ellipses, marks in a row, enumerations, no stop
  'We… I mean they… left. | They did.',
  'He waited... and left. | She stayed...',
  'He left … America stayed. | It did.',
  'He left... | The next day he came.',
  'He left. ... | She stayed.',
  'He left.... | She stayed.',
  'It fell. | […] It rose.',
  'What?! | No!! | Really...? | Yes.',
  '1. Police said so. | 2. Police said yes.',
  'a. Police said no.',
  'US and Chinese envoys meet in Rome',
  'Two words',
  'He left . | She stayed .',
  'WASHINGTON (AP) — The U.S. said no. | It did not say why.',
  'Who won? | Lee did.',
  'He is 6 ft. | They are not.',
  'He left. — She stayed.',
  '”Mr. Lee left,“ she said. | ”He did.“',
  '5',
];

describe('sentences', () => {
  test.each(CASES)('%s', marked => {
    const text = marked.replaceAll(' | ', ' ').replaceAll('|', '');
    const sentences = toArticle('x', UNKNOWN_MASTHEAD, text).paragraphs.flatMap(paragraph => paragraph.sentences);
    expect(sentences.map(sentence => slice(text, sentence))).toEqual(marked.split(/ ?\| ?/v));
  });

  test.each([
    ['“A. B,” he said. “C. D.” He left.', ['“A. B,” he said.', '“C. D.”', 'He left.']],
    ['He said: “A. B', ['He said: “A. B']],
    ['A. B. “C” d. E.', ['A.', 'B.', '“C” d.', 'E.']],
  ])('joined until no quotation is halved: %s', (short, expected) => {
    const text = short.replace(/[A-E]/gv, letter => `${letter}${letter.toLowerCase()}ta goes`);
    const [paragraph] = toArticle('x', UNKNOWN_MASTHEAD, text).paragraphs;
    const joined = joinHalves(paragraph?.sentences ?? [], pairQuotations(text, paragraph ? [paragraph] : []));
    expect(joined.map(span => slice(text, span).replace(/(?<letter>[A-E])\p{Ll}ta goes/gv, '$<letter>'))).toEqual(
      expected,
    );
  });
});
