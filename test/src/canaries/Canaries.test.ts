import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Canaries } from './Canaries';

/** Ways in which a secret has come out of programs. */
const PLANTED: Record<string, (secret: string) => string | Buffer> = {
  'a line of a log': secret => `GET /fleet?token=${secret} 200`,
  'a string of JSON': secret => JSON.stringify({ message: `"${secret}"` }),
  'JSON in JSON': secret => JSON.stringify(JSON.stringify({ secret })),
  'an address': secret => `https://x/?q=${encodeURIComponent(secret)}&r`,
  'a header of Basic': secret =>
    `Authorization: Basic ${Buffer.from(`dev:${secret}`).toString('base64')}`,
  'data of a Secret': secret =>
    JSON.stringify({ password: Buffer.from(secret).toString('base64') }),
  'a part of a token': secret =>
    `x.${Buffer.from(JSON.stringify({ k: secret })).toString('base64url')}.y`,
  'a dump in hex': secret => `<${Buffer.from(secret).toString('hex')}>`,
  'an error with a stack': secret => new Error(`no ${secret} at`).stack!,
  'a row of a database': fileWith,
};

/** A file of SQLite with a row that was removed again. */
function fileWith(secret: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'canaries-'));
  try {
    const database = new DatabaseSync(join(folder, 'x.sqlite'));
    database.exec('create table t (v text)');
    database.prepare('insert into t values (?)').run(secret);
    database.exec('delete from t');
    database.close();
    return readFileSync(join(folder, 'x.sqlite'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the search for canaries', () => {
  it.each(Object.entries(PLANTED))('finds one in %s', (where, plant) => {
    const canaries = new Canaries();
    for (const make of ['make', 'makeOdd'] as const) {
      // Base64 looks different at each offset.
      for (const before of ['', 'a', 'ab', 'abc']) {
        const secret = canaries[make](`${make} after "${before}"`);
        const leaks = canaries.findIn(plant(before + secret), where);
        expect(leaks).toContainEqual(
          expect.objectContaining({
            canary: `${make} after "${before}"`,
            where,
          }),
        );
      }
    }
  });

  it.each(Object.entries(PLANTED))(
    'finds one that others drew in %s',
    (where, plant) => {
      for (const before of ['', 'a', 'ab', 'abc']) {
        const canaries = new Canaries();
        const secret = canaries.keep('drawn', 'cbt_Zm9vYmFy-Zm9vYmFy_123');
        expect(canaries.findIn(plant(before + secret), where)).toContainEqual(
          expect.objectContaining({ canary: 'drawn', where }),
        );
      }
    },
  );

  it('finds nothing where there is none', () => {
    const canaries = new Canaries();
    canaries.make('one');
    canaries.keep('two', ['cbt', 'Zm9vYmFyZm9vYmFyZm9vYmFy'].join('_'));
    const text = readFileSync(__filename, 'utf8');
    expect(canaries.findIn(text, 'this file')).toEqual([]);
    expect(canaries.findIn(Buffer.from(text).toString('base64'), 'it')).toEqual(
      [],
    );
  });
});
