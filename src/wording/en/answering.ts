/** What is said where there is no answer. */
export const answering = {
  'answering.broken': 'Something broke on my side, and I have written it down. Please try once more.',
  'answering.unsure': 'I cannot tell whether Discord has taken my answer. If you do not see it, please try once more.',
  'answering.restarting': 'I am being restarted, and begin nothing new. Please try again in a minute.',
  'answering.outdated': 'I no longer know that command. Please reload Discord and try again.',
} as const;
