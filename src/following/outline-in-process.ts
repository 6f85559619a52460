import { answerParent } from '../workers.ts';
import { readOutline } from './parse.ts';

answerParent(readOutline);
