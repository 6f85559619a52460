/** Learned by `training/weigh.ts` from 60 articles (746 reports) that the model was not trained on: log-odds of a report being right. */
export const reportWeights = {
  always: 0.2,
  logOddsOfModel: 0.83,
  sameByRule: 1.15,
  nearByRule: -0.85,
  sameContentByRule: 0.01,
  direct: -0.01,
  mixed: 0.3,
  noSource: -3.49,
  noCue: -2.58,
  short: 0.7,
  likeTitle: 0.32,
} as const;
