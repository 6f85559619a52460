/**
 * Log-odds of a report being right, learned by `training/weigh.ts` from 60 articles (741 reports) held out from the
 * model's training.
 */
export const reportWeights = {
  always: 0.18,
  logOddsOfModel: 0.7,
  sameByRule: 1.26,
  nearByRule: -0.52,
  sameContentByRule: -0.25,
  direct: 0.18,
  mixed: 0.34,
  noSource: -3.29,
  noCue: -2.28,
  short: 0.18,
  likeTitle: -0.07,
} as const;
