/** Who may do what, how often, and with which button. */
export const permitting = {
  'permitting.manage-server':
    'Only members with the permission **Manage Server** can do that here. Ask one of them to do it for you.',
  'permitting.only-asker':
    'Only whoever asked for this answer can delete it, or a member with the permission **Manage Messages**.',

  'too-often.adding-by-person':
    'You have had me read something {most, number} times in ten minutes, and that is the most. Try again at {when}.',
  'too-often.adding-by-server':
    'This server has had me read something {most, number} times in ten minutes, and that is the most. Try again at {when}.',
  'too-often.drawing-by-person':
    'You have had me draw a picture {most, number} times in ten minutes, and that is the most. Try again at {when}.',
  'too-often.drawing-by-server':
    'This server has had me draw a picture {most, number} times in ten minutes, and that is the most. Try again at {when}.',
  'too-often.exporting-by-person':
    'You have exported the library {most, number} times in ten minutes, and that is the most. Try again at {when}.',
  'too-often.exporting-by-server':
    'This server has exported the library {most, number} times in ten minutes, and that is the most. Try again at {when}.',
  'too-often.erasing-by-person':
    'You have erased the library {most, number} times in ten minutes, and that is the most. Try again at {when}.',
  'too-often.erasing-by-server':
    'This server has erased the library {most, number} times in ten minutes, and that is the most. Try again at {when}.',

  'stale.button': 'That button has gone stale. Please ask again.',
  'stale.deed':
    'That button has gone stale: what it is about is gone, done already, or somebody else’s. Please start again.',
  'stale.view': 'That button has gone stale: its article has changed or left the library. Please ask again.',
  'stale.form': 'I no longer know that form. Please start again.',

  'erasing.title': 'Erase the whole library for good',
  'erasing.type': 'Type this to erase it',
  'erasing.type-all':
    '{count, plural, one {Type this to erase the one article} other {Type this to erase all # articles}}',
  'erasing.own-library': 'my library',
  'erasing.no-name-yet': 'Discord has not told me this server’s name yet. Try again in a minute.',
  'erasing.other-words': 'Nothing was erased: that is not {words}.',
  'erasing.other-name': 'Nothing was erased: that is not the server’s name.',
  'erasing.erased':
    'Everything is erased. The library begins anew, with nothing of yours in it; put articles into it with {add}.',
  'erasing.by-form': 'Fill in the form to erase the library.',
} as const;
