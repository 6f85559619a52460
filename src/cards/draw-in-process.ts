import { answerParent } from '../workers.ts';
import { drawPicture } from './draw-picture.ts';

answerParent(drawPicture);
