/** Learned by `training/reports/weigh.ts` from 67 articles (926 finds) that the network wasn't trained on. */
export const reportWeights = {
  always: -3.93,
  cue: 0.29,
  report: 0.23,
  content: 0.72,
  source: 0.17,
  noSource: -0.33,
  noCue: 0.48,
  direct: 0,
  mixed: -0.05,
  short: 0.1,
  likeTitle: 0.46,
} as const;
