import { LANGUAGES, type Language, nearest } from './localise.ts';

const KEY = 'verbatim-language';

/** The language of this page, as long as it is open: that which was chosen in this tab, else the browser's. */
export const language: Language =
  LANGUAGES.find(each => each === sessionStorage.getItem(KEY)) ?? nearest(navigator.language);

/** How dates are written: as the browser has it, where that is the same language. */
export const region: string = nearest(navigator.language) === language ? navigator.language : language;

/** Shows which language it is. Another one begins the page anew, as Discord does. */
export function startLanguage(select: HTMLSelectElement): void {
  document.documentElement.lang = language;
  select.value = language;
  select.addEventListener('change', () => {
    sessionStorage.setItem(KEY, select.value);
    location.reload();
  });
}
