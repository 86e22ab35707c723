import { describeStartFailure } from './describeStartFailure';

function failure(error: Error) {
  return { error, allowed: false };
}

const locked = Object.assign(new Error('database is locked'), {
  code: 'SQLITE_BUSY',
});

describe('describeStartFailure', () => {
  it.each([
    ['locked', 'SQLITE_BUSY', 'keeps it locked'],
    ['damaged', 'SQLITE_CORRUPT', 'put the last backup in its place'],
    ['no database', 'SQLITE_NOTADB', 'put the last backup in its place'],
    ['read-only', 'EROFS', 'cannot be written'],
    ['full', 'ENOSPC', 'free some space'],
    ['database away', 'ECONNREFUSED', 'check that it runs'],
  ])('says what to do: %s', (_what, code, next) => {
    const error = new Error('migration failed', {
      cause: Object.assign(new Error('inside'), { code }),
    });
    expect(
      describeStartFailure({
        result: { plugins: [{ pluginId: 'catalog', failure: failure(error) }] },
      }),
    ).toMatch(new RegExp(`^catalog: migration failed\n.*${next}`));
  });

  it('finds the cause in what services keep of it', () => {
    const service = (id: string) =>
      `Failed to instantiate service '${id}' for 'callboard' because the factory function threw an error, `;
    const error = new Error(
      `${service('core.httpRouter')}Error: ${service(
        'core.auth',
      )}SqliteError: select 1 - file is not a database`,
    );
    expect(
      describeStartFailure({
        result: {
          plugins: [{ pluginId: 'callboard', failure: failure(error) }],
        },
      }),
    ).toMatch(
      /^callboard: SqliteError: select 1 - file is not a database\nThe database file is damaged/,
    );
  });

  it('names the plugins and modules that failed, and no others', () => {
    expect(
      describeStartFailure({
        result: {
          plugins: [
            { pluginId: 'app' },
            {
              pluginId: 'callboard',
              failure: failure(locked),
              modules: [
                {
                  moduleId: 'playground',
                  failure: failure(new Error('no port is free')),
                },
              ],
            },
            {
              pluginId: 'search',
              failure: { ...failure(locked), allowed: true },
            },
          ],
        },
      }).split('\n'),
    ).toEqual([
      'callboard, module playground: no port is free',
      'callboard: database is locked',
      expect.stringContaining('end it and start again'),
    ]);
  });

  it('says what was thrown where no part failed', () => {
    expect(describeStartFailure(new Error('no configuration'))).toBe(
      'the backend: no configuration',
    );
  });
});
