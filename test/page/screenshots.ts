/** `npm run screenshots`: takes the README's pictures again, into `docs/images/`. */
import { join } from 'node:path';
import { root } from '../end-to-end/start-verbatim.ts';
import { takePictures } from './pictures.ts';

for (const file of await takePictures(join(root, 'docs/images'))) console.log(file);
