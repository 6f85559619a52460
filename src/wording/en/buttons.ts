/** What stands on buttons below answers. A phone shows some 38 letters. */
export const buttons = {
  'button.previous': 'Previous',
  'button.next': 'Next',
  'button.context': 'Context',
  'button.no-context': 'Just the quote',
  'button.card': 'Card',
  'button.like': 'More like this',
  'button.share': 'Share',
  'button.delete': 'Delete answer',
} as const;
