/** Connects to a folder's control socket as a user without access, and prints the error. */
import { reachBot } from '../../src/terminal/control-socket.ts';

const [folder = ''] = process.argv.slice(2);
const nobody = 65_534;
if (process.getuid?.() === 0) process.seteuid?.(nobody);
await reachBot(folder).catch((error: unknown) => console.log(String(error)));
