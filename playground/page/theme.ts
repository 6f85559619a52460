import { word } from './words.ts';

type Theme = 'dark' | 'light';

const KEY = 'verbatim-theme';

/** Follows the system until the person chooses; the choice is kept in this browser. */
export function startTheme(toggle: HTMLButtonElement): void {
  const system = matchMedia('(prefers-color-scheme: light)');
  show(current(system), toggle);
  system.addEventListener('change', () => show(current(system), toggle));
  toggle.addEventListener('click', () => {
    const next = current(system) === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEY, next);
    show(next, toggle);
  });
}

function current(system: MediaQueryList): Theme {
  const chosen = localStorage.getItem(KEY);
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return system.matches ? 'light' : 'dark';
}

function show(theme: Theme, toggle: HTMLButtonElement): void {
  document.documentElement.dataset.theme = theme;
  toggle.setAttribute('aria-label', word(theme === 'dark' ? 'light' : 'dark'));
}
