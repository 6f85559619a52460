/** What speaks for a find; log-odds, but for the two that are 1 or 0. */
export interface Evidence {
  readonly always: number;
  /** That somebody is said to speak. */
  readonly speech: number;
  /** How clear it is which words are the content, and which the source: the expected F1 of the choice. */
  readonly content: number;
  readonly source: number;
  readonly noSource: number;
}

/** Learned by `training/calibrate.ts` from articles that the network was not trained on. */
const WEIGHTS: Evidence = { always: -2.3, speech: 0.19, content: 0.55, source: 0.17, noSource: -1.12 };
const MOST = 0.999;

export function findEvidence(speech: number, content: number, source: number | undefined): Evidence {
  const hasSource = source !== undefined;
  return {
    always: 1,
    speech: logOdds(speech),
    content: logOdds(content),
    source: hasSource ? logOdds(source) : 0,
    noSource: hasSource ? 0 : 1,
  };
}

/** 0 to 1: how likely a find is right, content and source. */
export function confidenceIn(evidence: Evidence): number {
  const { always, speech, content, source, noSource } = WEIGHTS;
  const sum =
    always * evidence.always +
    speech * evidence.speech +
    content * evidence.content +
    source * evidence.source +
    noSource * evidence.noSource;
  return 1 / (1 + Math.exp(-sum));
}

function logOdds(share: number): number {
  const kept = Math.min(MOST, Math.max(1 - MOST, share));
  return Math.log(kept / (1 - kept));
}
