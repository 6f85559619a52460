import { answerParent } from '../workers.ts';
import { readFeedDocument } from './parse.ts';

answerParent(readFeedDocument);
