/** Knocks at the door of a folder as somebody who is not let in, and prints what they are told. */
import { throughDoor } from '../../src/terminal/through-door.ts';

const [folder = ''] = process.argv.slice(2);
const nobody = 65_534;
if (process.getuid?.() === 0) process.seteuid?.(nobody);
await throughDoor(folder).catch((error: unknown) => console.log(String(error)));
