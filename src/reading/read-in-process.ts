import { answerParent } from '../workers.ts';
import { readDocument } from './document.ts';

answerParent(readDocument);
