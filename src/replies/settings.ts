import type { Owner } from '../library/library.ts';
import type { Choices } from '../library/store/choices.ts';
import type { Say } from '../wording/say.ts';
import { writeColour } from './colour.ts';
import { small } from './markdown.ts';
import { accents, type Reply, reply } from './reply.ts';

/** Each language by its own name. */
export const languageNames = { en: 'English', 'zh-TW': '繁體中文', 'zh-CN': '简体中文' } as const;

type Line = (choices: Choices, say: Say) => string;

const lines: Readonly<Record<keyof Choices, Line>> = {
  privacy: ({ privacy }, say) => say(privacy === 'public' ? 'settings.public' : 'settings.private'),
  language: ({ language }, say) =>
    language === 'own' ? say('settings.ownLanguage') : say('settings.oneLanguage', { name: languageNames[language] }),
  accent: ({ accent }, say) =>
    accent === undefined ? say('settings.ownColours') : say('settings.accent', { colour: writeColour(accent) }),
};
const all = ['privacy', 'language', 'accent'] as const;

function shown(head: string, of: readonly (keyof Choices)[], choices: Choices, say: Say): Reply {
  const texts = [head, ...of.map(each => lines[each](choices, say)), small(say('settings.foot'))];
  return reply({ accent: accents.article, texts: [texts.join('\n')], buttons: undefined, private: true });
}

/** All that is chosen now. */
export function settingsReply(choices: Choices, { kind }: Owner, say: Say): Reply {
  return shown(say(kind === 'server' ? 'settings.ofServer' : 'settings.ofPerson'), all, choices, say);
}

/** What was chosen just now. */
export function savedReply(choices: Choices, changes: Partial<Choices>, say: Say): Reply {
  return shown(
    say('settings.saved'),
    all.filter(each => each in changes),
    choices,
    say,
  );
}
