import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Portal } from '../../browser/support/Portal';
import { Canaries } from '../canaries/Canaries';
import { WITHOUT_CLUSTERS, describePortal } from './describePortal';

const canaries = new Canaries();
const make = (name: string) => canaries.make(name);

/** Configurations that nobody can start with, each with a secret where it is wrong. */
const WRONG: Array<[string, string]> = [
  [
    'no YAML',
    `callboard:\n  git:\n    tokens: [{ token: ${make('no end')}, user: '\n`,
  ],
  [
    'a token that is an object',
    JSON.stringify({
      callboard: {
        git: {
          tokens: [
            {
              username: 'dev',
              user: 'user:default/dev',
              token: [make('list')],
            },
          ],
        },
      },
    }),
  ],
  [
    'a registry with an account in its address',
    JSON.stringify({
      callboard: {
        builder: {
          registry: 'registry.test',
          packageRegistries: [{ url: `https://u:${make('address')}@npm.test` }],
        },
      },
    }),
  ],
  [
    'a database that refuses its account',
    JSON.stringify({
      backend: {
        database: {
          client: 'pg',
          connection: `postgresql://u:${make('connection')}@127.0.0.1:1/x`,
        },
      },
    }),
  ],
  [
    'a service token that is none',
    JSON.stringify({
      backend: {
        auth: {
          externalAccess: [
            {
              type: 'static',
              options: { token: `${make('token')} x`, subject: 'program' },
            },
          ],
        },
      },
    }),
  ],
];

describePortal('npm start with a wrong configuration', () => {
  it.each(WRONG)(
    'says no secret: %s',
    async (_, text) => {
      const folder = mkdtempSync(join(tmpdir(), 'callboard-wrong-'));
      const [wrong, bare] = ['wrong.yaml', 'bare.yaml'].map(name =>
        join(folder, name),
      );
      writeFileSync(wrong, text);
      writeFileSync(bare, JSON.stringify(WITHOUT_CLUSTERS));
      const portal = await Portal.create({
        configs: [bare, wrong],
        dataDir: join(folder, 'data'),
      });
      try {
        const said = await portal.start().then(
          () => 'It started',
          (error: Error) => error.message,
        );
        expect(said).not.toBe('It started');
        expect(canaries.findIn(said + portal.output, 'npm start')).toEqual([]);
      } finally {
        await portal.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
    60_000,
  );
});
