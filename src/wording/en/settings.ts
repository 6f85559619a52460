/** What is said of the choices for a library's answers. */
export const settings = {
  'settings.ofServer': '### Settings of this server',
  'settings.ofPerson': '### Settings of your library',
  'settings.saved': '### Saved',
  'settings.public': 'Answers: **for all to see**. `private:True` shows one to whoever asks alone.',
  'settings.private': 'Answers: **for who asks alone**. `private:False` or **Share** shows one to all.',
  'settings.ownLanguage': 'Language: **each person’s own**, as they have set it in Discord.',
  'settings.oneLanguage': 'Language: **{name}**, for everybody here.',
  'settings.ownColours': 'Accent colour: **none**. Answers have my own colours.',
  'settings.accent':
    'Accent colour: **{colour}**. Amber still warns of a speaker who was inferred, grey of one who is left open.',
  'settings.foot': 'What is quoted stays in the language of its article.',
  'settings.noColour':
    '{typed} is no colour that I know. Write one as `#5865F2`, choose one from the list, or write `none`.',
  'settings.warningColour':
    '{colour} looks like a colour by which I warn of a speaker who was inferred or is left open. Please choose another one.',
  'settings.noChoice': 'That is none of the choices. Choose one from the list.',
  'settings.colour.none': 'none: my own colours',
  'settings.colour.blurple': 'Blurple',
  'settings.colour.blue': 'Blue',
  'settings.colour.teal': 'Teal',
  'settings.colour.green': 'Green',
  'settings.colour.red': 'Red',
  'settings.colour.pink': 'Pink',
  'settings.colour.purple': 'Purple',
  'settings.colour.black': 'Black',
  'settings.colour.white': 'White',
} as const;
