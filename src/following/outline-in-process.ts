import { answerParent } from '../workers.ts';
import { readOutline } from './outline.ts';

answerParent(readOutline);
