import { expect, test } from 'vitest';
import { sameCommands } from '../../src/discord/registration.ts';

const ours = [
  {
    name: 'quote',
    name_localizations: { 'zh-TW': '引述', 'zh-CN': '引用' },
    description: 'Find words',
    type: 1,
    contexts: [0, 1, 2],
    integration_types: [0, 1],
    options: [{ type: 3, name: 'words', description: 'What', required: true, autocomplete: true, max_length: 300 }],
  },
  { name: 'help', description: 'Help' },
];

/** The same commands as Discord returns them. */
const registered = [
  {
    id: '2',
    application_id: '1',
    version: '9',
    name: 'help',
    description: 'Help',
    type: 1,
    nsfw: false,
    dm_permission: true,
  },
  {
    id: '3',
    application_id: '1',
    version: '9',
    default_member_permissions: null,
    name: 'quote',
    name_localizations: { 'zh-CN': '引用', 'zh-TW': '引述' },
    name_localized: '引述',
    description: 'Find words',
    description_localizations: null,
    contexts: [2, 0, 1],
    integration_types: [1, 0],
    nsfw: false,
    options: [
      {
        name: 'words',
        name_localizations: null,
        type: 3,
        description: 'What',
        max_length: 300,
        autocomplete: true,
        required: true,
      },
    ],
  },
];

test('fields that Discord adds are no difference', () => {
  expect(sameCommands(registered, ours)).toBe(true);
});

test.each([
  ['a command gone', registered.slice(1)],
  ['none yet', []],
  ['another description', JSON.parse(JSON.stringify(registered).replace('Find words', 'Find'))],
  ['another limit', JSON.parse(JSON.stringify(registered).replace('300', '200'))],
  [
    'an option no longer required',
    JSON.parse(JSON.stringify(registered).replace('"required":true', '"required":false')),
  ],
  ['another name in one language', JSON.parse(JSON.stringify(registered).replace('"引用"', '"引文"'))],
  ['a language less', JSON.parse(JSON.stringify(registered).replace('"zh-CN":"引用",', ''))],
  ['no other language', JSON.parse(JSON.stringify(registered).replace('{"zh-CN":"引用","zh-TW":"引述"}', 'null'))],
  ['fewer contexts', JSON.parse(JSON.stringify(registered).replace('[2,0,1]', '[0]'))],
])('%s is a difference', (_what, theirs) => {
  expect(sameCommands(theirs, ours)).toBe(false);
});
