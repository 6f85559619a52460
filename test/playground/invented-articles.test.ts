import { expect, test } from 'vitest';
import { INVENTED_ARTICLES } from '../../playground/playground.ts';
import { attribute } from '../../src/attribution/attribute.ts';
import { loadSeeds } from '../../src/library/seeds.ts';

const { articles, problems } = loadSeeds(INVENTED_ARTICLES);

test('all can be read, have a title, an outlet and a date, and say that they are invented', () => {
  expect(problems).toEqual([]);
  for (const article of articles) {
    const { title, outlet, published, text } = article;
    for (const known of [title, outlet, published]) expect(known).toMatch(/\p{L}|\d/v);
    expect(text).toMatch(/is invented|虛構/v);
  }
});

test('those in English quote everybody by name, two Lindqvars among them', async () => {
  const quoted = await Promise.all(
    articles.map(async article => {
      const { attributions } = await attribute(article);
      const names = attributions.flatMap(({ speaker }) =>
        speaker?.named ? [article.text.slice(speaker.name.start, speaker.name.end)] : [],
      );
      return [article.id, [...new Set(names)].sort()];
    }),
  );
  expect(Object.fromEntries(quoted)).toEqual({
    'chinese-lighthouse': [],
    'interview-harbour-master': ['Ines Calder', 'Juno Pell'],
    'match-rovers-athletic': ['Bruno Tavish', 'Celia Roth', 'Ivo Marek', 'Lotte Varga', 'Petra Lindqvar'],
    'science-eelgrass': ['Aron Feld', 'Mirela Sorel', 'Petra Lindqvar', 'Tomas Reyk'],
    'tram-two-lindqvars': ['Hanne Iversholt', 'Jonas Lindqvar', 'Petra Lindqvar'],
  });
});
