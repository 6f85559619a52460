/** What is wrong with an article's file, and what was expected. */
export const articleFiles = {
  'file.name':
    'The file’s name cannot be an article’s id; expected 1 to 64 of the letters a to z, digits, hyphens and underscores, then .txt.',
  'file.empty': 'The file is empty; expected an article’s text.',
  'file.too-large': 'The file has {bytes} bytes; expected at most {most} (2 MB).',
  'file.not-UTF-8': 'This line is not UTF-8; expected the file to be saved as UTF-8.',
  'file.nul': 'This line holds a NUL character; expected a file of text.',
  'file.no-words': 'The file holds no words; expected an article’s text.',
  'file.no-text': 'No text follows the header; expected a blank line and then the article’s text.',

  'file.no-header-line': '“{line}” is no header line; expected {keys} or a blank line, after which the text begins.',
  'file.unknown-key':
    '“{key}” is no key that a header knows; expected {keys} or a blank line, after which the text begins.',
  'file.second-time': '“{key}” stands here a second time; expected each key once.',
  'file.too-long': '“{key}” has {length} characters; expected at most {most}.',
  'file.control-character': '“{key}” holds a control character; expected plain words.',
  'file.no-date':
    '“{value}” is no date of publication; expected a real date such as 2022-03-14, or a date with time such as 2022-03-14T09:30:00Z.',
  'file.no-link': '“{value}” is no link; expected an http or https address without user name and password.',
} as const;
