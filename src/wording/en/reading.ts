/** Why a stranger's link, file or text is no article, and the way round. */
export const reading = {
  'reading.page-too-large': 'The page is larger than 5 MB; add the article as a file, or paste its text.',
  'reading.packed':
    'The site packs its pages in a way that is not read here; add the article as a file, or paste its text.',
  'reading.unwieldy':
    'The page is larger or more deeply nested than can be read; add the article as a file, or paste its text.',
  'reading.kept-back':
    'The page shows only the beginning, and keeps the rest for its subscribers; add the article as a file, or paste its text.',
  'reading.no-article':
    'No article of {fewest} paragraphs or more was found on the page; add the article as a file, or paste its text.',

  'reading.no-page': 'There is no page at that link; check it.',
  'reading.not-for-programs':
    'The site does not give the page to programs; add the article as a file, or paste its text.',
  'reading.too-many-visits':
    'The site asks for fewer visits; try again later, or add the article as a file, or paste its text.',
  'reading.trouble':
    'The site has trouble of its own; try again later, or add the article as a file, or paste its text.',
  'reading.no-answer': 'The site answered with no page; add the article as a file, or paste its text.',
  'reading.no-website': 'There is no website of that name; check the link.',
  'reading.no-website-at': 'There is no website at {host}; check the link.',
  'reading.unproven':
    'The site cannot prove that it is the one in the link; add the article as a file, or paste its text.',
  'reading.arrived-damaged': 'The page arrived damaged; add the article as a file, or paste its text.',
  'reading.unreachable':
    'The site cannot be reached, or broke off; try again later, or add the article as a file, or paste its text.',
  'reading.too-slow': 'The site took too long; try again later, or add the article as a file, or paste its text.',
  'reading.not-text': 'The link leads to something that is no page of text; give a page’s.',
  'reading.passed-on': 'The link is passed on more than {most} times; give the address where it ends.',
  'reading.not-public':
    'The link leads to an address that is not on the public internet; add the article as a file, or paste its text.',
  'reading.ports':
    'Pages are read only at the web’s own ports, 80 and 443; add the article as a file, or paste its text.',

  'reading.no-link': 'There is no link; give one that begins with https://.',
  'reading.link-too-long': 'The link is longer than {most} characters; give the page’s own, shorter one.',
  'reading.half-a-link': 'That is no link to a page; give the whole of it, beginning with https://.',
  'reading.broken-link': 'That is no link to a page; copy it again from the browser’s address bar.',
  'reading.link-left-out': 'The link was not read and is left out. {reason}',
  'reading.header-as-text': 'The first lines are taken for text, since they are no header as a file has it: {flaw}',
  'reading.not-the-web': 'Only links that begin with https:// or http:// are read; give the address of a page.',
  'reading.password': 'The link carries a user name or password; give it without.',

  'reading.file-too-large': 'The file is larger than {megabytes} MB; send the article’s text alone.',
  'reading.kind-of-file': 'Files are read that end in .txt, .md or .html; save the article as one of these.',
  'reading.charset': 'The file’s charset is not known; save it as UTF-8 and send it again.',
  'reading.file-not-here': 'Discord did not hand over the file; attach it once more.',
  'reading.no-text': 'That is no article’s text; send the text as a .txt file in UTF-8.',
  'reading.at-line': 'Line {line}: {flaw}',
  'reading.and-more': '{flaw} (And {more} more.)',

  'reading.nul': 'The text holds a NUL character; copy it again as plain text.',
  'reading.no-words': 'The text holds no words; paste the article’s text.',
} as const;
