/** Opens a folder of libraries as a user who doesn't own it, and prints what is reported. */
import { SqliteBackend } from '../../src/library/store/sqlite/backend.ts';

const [folder = ''] = process.argv.slice(2);
const nobody = 65_534;
if (process.getuid?.() === 0) process.seteuid?.(nobody);
await new SqliteBackend(folder, sentence => console.log(sentence)).close();
