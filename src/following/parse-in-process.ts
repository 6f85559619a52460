import { answerParent } from '../workers.ts';
import type { OutlineDocument } from './outline.ts';
import { type FeedDocument, readFeedDocument, readOutline } from './parse.ts';

answerParent((document: FeedDocument | OutlineDocument) =>
  'address' in document ? readFeedDocument(document) : readOutline(document),
);
