/** Learned by `training/weigh.ts` from 60 articles (741 reports) that the model was not trained on: log-odds of a report being right. */
export const reportWeights = {
  always: 0.17,
  logOddsOfModel: 0.69,
  sameByRule: 1.32,
  nearByRule: -0.56,
  sameContentByRule: -0.25,
  direct: 0.2,
  mixed: 0.34,
  noSource: -3.22,
  noCue: -2.37,
  short: 0.18,
  likeTitle: -0.11,
} as const;
