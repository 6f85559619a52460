import { expect, test } from 'vitest';
import { StorageError, withStorageErrors } from '../../../src/library/store/errors.ts';
import { explainPostgres } from '../../../src/library/store/postgres/connection.ts';
import { LANGUAGES } from '../../../src/wording/languages.ts';
import { format } from '../../../src/wording/say.ts';

/** Returns what is thrown for this error of the disk or of SQLite. */
function thrownFor(sign: object): unknown {
  try {
    return withStorageErrors(() => {
      throw Object.assign(new Error('by the system'), sign);
    });
  } catch (error) {
    return error;
  }
}

const fromDisk = ['ENOSPC', 'EACCES'].map(code => thrownFor({ code }));
const fromSqlite = [5, 11, 13].map(errcode => thrownFor({ errcode }));
const fromNetwork = ['ECONNREFUSED', 'ENETUNREACH', 'ECONNABORTED', 'EADDRNOTAVAIL', 'EAI_FAIL'];
const fromPostgres = ['08006', '28P01', '40001', '53100', '57014', 'XX001', ...fromNetwork].map(code =>
  explainPostgres(Object.assign(new Error('by the server'), { code })),
);

test.each([...fromDisk, ...fromSqlite, ...fromPostgres])(
  '%s: in English in the log, and in the user’s language to a person',
  error => {
    if (!(error instanceof StorageError)) throw new Error('An outage comes out as StorageError');
    expect(error.message).toBe(format(error.userMessage, 'en'));
    expect(error.userMessage.key).toMatch(/^keeping\./v);
    const said = LANGUAGES.map(language => format(error.userMessage, language));
    expect(new Set(said).size).toBe(LANGUAGES.length);
  },
);

test('details for the operator are shown to nobody else', () => {
  const error = new StorageError('There is something in /srv/backup: name a folder that is empty.');
  expect(error.message).toContain('/srv/backup');
  for (const language of LANGUAGES) expect(format(error.userMessage, language)).not.toContain('/srv');
});
