import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { readConfig } from '../readConfig';
import { ConfiguredPortalSecrets } from './ConfiguredPortalSecrets';

const folder = mkdtempSync(join(tmpdir(), 'callboard-portal-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'bank-key');

function configured(references: object): ConfiguredPortalSecrets {
  const { portalSecrets } = readConfig(
    new ConfigReader({
      backend: { baseUrl: 'http://localhost:7007' },
      callboard: { secrets: { references } },
    } as ConstructorParameters<typeof ConfigReader>[0]),
  );
  return new ConfiguredPortalSecrets(portalSecrets, { BANK: 'from-env' });
}

it('reads files and variables that the configuration names, as they are now', async () => {
  const secrets = configured({
    'bank-key': { file, apps: ['shop'] },
    bank: { variable: 'BANK', apps: ['shop'] },
    gone: { variable: 'GONE', apps: ['shop'] },
  });
  expect(await secrets.read('bank-key')).toBeUndefined();
  writeFileSync(file, 'first\n');
  expect(await secrets.read('bank-key')).toBe('first');
  writeFileSync(file, 'second');
  expect(await secrets.read('bank-key')).toBe('second');
  writeFileSync(file, 'x'.repeat(32 * 1024 + 1));
  expect(await secrets.read('bank-key')).toBeUndefined();
  writeFileSync(file, '\n');
  expect(await secrets.read('bank-key')).toBeUndefined();
  expect(await secrets.read('bank')).toBe('from-env');
  expect(await secrets.read('gone')).toBeUndefined();
  expect(await secrets.read('BANK')).toBeUndefined();
});

it('knows what one was before: what runs may still have it', async () => {
  const secrets = configured({ 'bank-key': { file, apps: ['shop'] } });
  writeFileSync(file, 'first');
  expect(await secrets.recall('bank-key')).toEqual(['first']);
  writeFileSync(file, 'second');
  expect(await secrets.recall('bank-key')).toEqual(['second', 'first']);
  rmSync(file);
  expect(await secrets.recall('bank-key')).toEqual(['second', 'first']);
  expect(await secrets.recall('other')).toEqual([]);
});

it('offers each app those that it may refer to', () => {
  const secrets = configured({
    shared: { variable: 'A', apps: ['*'] },
    own: { variable: 'B', apps: ['shop'] },
  });
  expect(secrets.listFor('shop')).toEqual(['own', 'shared']);
  expect(secrets.listFor('blog')).toEqual(['shared']);
});

it.each([
  ['neither file nor variable', { apps: ['shop'] }],
  ['both', { file, variable: 'BANK', apps: ['shop'] }],
  ['no app', { file }],
])('refuses one that names %s', (_, reference) => {
  expect(() => configured({ bank: reference })).toThrow(
    'callboard.secrets.references.bank',
  );
});
