import {
  type APIMessage,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
} from 'discord-api-types/v10';
import type { Person } from '../../playground/person.ts';
import { commands } from '../../src/commands/index.ts';
import { anyCodePoint, fc } from '../fast-check.ts';

type Forged = Parameters<Person['send']>[0];

/** Values that have broken bots, and typical input. */
const odd = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\u2066',
  '@everyone <@1> </help:1>',
  '**`||> [x](https://example.org)',
  '{{constructor}}',
  '__proto__',
  "'; DROP TABLE articles; --",
  'AND OR NOT NEAR(* "',
  '习近平',
  'open lines of communication',
  'the official',
  'a'.repeat(6000),
  '“'.repeat(300),
];
const links = [
  'http://127.0.0.1:9/',
  'http://169.254.169.254/latest/meta-data',
  'http://[::1]/',
  'https://localhost/',
  'ftp://127.0.0.1',
  'javascript:alert(1)',
  'data:text/html,x',
  'https://user:password@127.0.0.1/',
  'http://0x7f000001/',
];
const text = fc.oneof(fc.constantFrom(...odd, ...links), fc.string({ unit: anyCodePoint, maxLength: 300 }));
const snowflake = fc.oneof(fc.constantFrom('0', '1', '1180000000000000003'), fc.bigInt(1n, 2n ** 63n - 1n).map(String));
const value = fc.oneof(text, fc.boolean(), fc.integer(), fc.double({ noNaN: true }), snowflake);

const bodies = commands.map(({ builder }) => builder.toJSON());
const names = bodies.map(({ name }) => name);
/** All commands with their subcommands. */
const paths = bodies.flatMap(body => {
  const inner = 'options' in body ? (body.options ?? []) : [];
  return inner.flatMap(({ name, type }) =>
    type === ApplicationCommandOptionType.Subcommand ? [[body.name, name] as const] : [],
  );
});
const subcommandsOf = paths.map(([, name]) => name);

function within(name: string, subcommand: string, options: readonly object[]) {
  return { name, options: [{ name: subcommand, type: ApplicationCommandOptionType.Subcommand, options }] };
}

const valueTypes = [3, 4, 5, 6, 7, 8, 9, 10, 11];
const optionName = fc.constantFrom(
  'words',
  'name',
  'speaker',
  'article',
  'find',
  'length',
  'private',
  'answers',
  'language',
  'accent',
  'link',
  'file',
  'url',
  'only',
  'keep',
  'feed',
  'watch',
  'post-in',
  'in',
  'x',
);
/** Mostly of a type that the bot asked for, since anything else is refused at once. */
const option = fc
  .record({
    name: optionName,
    type: fc.oneof({ weight: 3, arbitrary: fc.constant(3) }, fc.constantFrom(...valueTypes)),
    value,
    focused: fc.constantFrom(true, false, false),
  })
  .map(({ focused, ...rest }) => (focused ? { ...rest, focused } : rest));
const options = fc.array(option, { maxLength: 6 });

const attachment = fc.record({
  id: snowflake,
  filename: fc.oneof(fc.constantFrom('news.txt', 'news.html', '../../x.md', 'x.exe'), text),
  size: fc.integer(),
  url: fc.oneof(fc.constantFrom(...links), text),
  proxy_url: fc.constant('x'),
  content_type: fc.oneof(fc.constantFrom('text/plain', 'text/html; charset=utf-16'), text),
});

const commandName = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...names) }, text);
const subcommand = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...subcommandsOf) }, text);

/** A name with its options, directly or within a subcommand: often one that exists. */
const named = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .record({ path: fc.constantFrom(...paths), options })
      .map(({ path, options }) => within(path[0], path[1], options)),
  },
  fc.record({ name: commandName, options }),
  fc
    .record({ name: commandName, inner: subcommand, options })
    .map(({ name, inner, options }) => within(name, inner, options)),
);

const channel = fc.record({
  id: snowflake,
  type: fc.integer({ min: 0, max: 20 }),
  name: fc.string(),
  app_permissions: fc.constantFrom('0', '1024', '3072', undefined),
});

const command = fc
  .record({
    id: snowflake,
    named,
    attachments: fc.array(attachment, { maxLength: 2 }),
    channels: fc.array(channel, { maxLength: 2 }),
  })
  .map(({ id, named, attachments, channels }) => ({
    id,
    ...named,
    type: ApplicationCommandType.ChatInput,
    resolved: {
      attachments: Object.fromEntries(attachments.map(each => [each.id, each])),
      channels: Object.fromEntries(channels.map(each => [each.id, each])),
    },
  }));

const author = { id: '5', username: 'eve', discriminator: '0', avatar: null, global_name: null };

const onMessage = fc
  .record({
    id: snowflake,
    name: commandName,
    content: text,
    files: fc.array(attachment, { maxLength: 7 }),
    is: fc.boolean(),
  })
  .map(({ id, name, content, files, is }) => {
    const message = {
      id: '7',
      channel_id: '8',
      author,
      content,
      embeds: [],
      attachments: files,
      type: 0,
      timestamp: '2024-05-02T00:00:00Z',
    };
    const resolved = is ? { messages: { 7: message } } : {};
    return { id, name, type: ApplicationCommandType.Message, target_id: '7', resolved };
  });

const onPerson = fc
  .record({ id: snowflake, name: commandName })
  .map(rest => ({ ...rest, type: ApplicationCommandType.User, target_id: '5', resolved: { users: { 5: author } } }));

/** Returns ids that an answer offered, ids of the same form, and any others. */
function customId(offered: readonly string[]): fc.Arbitrary<string> {
  const known = fc.constantFrom('paste', 'erase', ...offered);
  const bent = fc.tuple(known, fc.nat(40), fc.constantFrom('A', '_', '~', '\u0000', '9')).map(([id, at, sign]) => {
    const place = at % (id.length + 1);
    return id.slice(0, place) + sign + id.slice(place + 1);
  });
  return fc.oneof(known, bent, fc.string({ unit: anyCodePoint, minLength: 1, maxLength: 100 }));
}

const selects = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.ChannelSelect,
];

function component(offered: readonly string[]) {
  return fc
    .record({
      custom_id: customId(offered),
      component_type: fc.oneof(
        { weight: 5, arbitrary: fc.constant(ComponentType.Button) },
        fc.constantFrom(...selects),
      ),
      values: fc.array(snowflake, { maxLength: 3 }),
    })
    .map(rest => ({ ...rest, id: 1 }));
}

function form(offered: readonly string[]) {
  const field = fc.record({
    custom_id: fc.oneof(fc.constantFrom('title', 'link', 'text', 'words'), text),
    value: text,
  });
  return fc
    .record({ custom_id: customId(offered), fields: fc.array(field, { maxLength: 5 }) })
    .map(({ custom_id, fields }) => ({
      custom_id,
      components: fields.map((each, id) => ({
        id,
        type: ComponentType.Label,
        component: { id: id + 10, type: ComponentType.TextInput, ...each },
      })),
    }));
}

/** Returns interactions of every kind with malformed contents; components belong to the given message. */
export function forgedInteraction(offered: readonly string[]): fc.Arbitrary<(under: APIMessage) => Forged> {
  const alone = (type: InteractionType) => (payload: unknown) => () => ({ type, payload, message: undefined });
  const below = (payload: unknown) => (message: APIMessage) => ({
    type: InteractionType.MessageComponent,
    payload,
    message,
  });
  return fc.oneof(
    { weight: 4, arbitrary: command.map(alone(InteractionType.ApplicationCommand)) },
    { weight: 3, arbitrary: command.map(alone(InteractionType.ApplicationCommandAutocomplete)) },
    { weight: 1, arbitrary: fc.oneof(onMessage, onPerson).map(alone(InteractionType.ApplicationCommand)) },
    { weight: 4, arbitrary: component(offered).map(below) },
    { weight: 2, arbitrary: form(offered).map(alone(InteractionType.ModalSubmit)) },
  );
}
