import { createMockDirectory } from '@backstage/backend-test-utils';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { openSecretCipher } from './openSecretCipher';

const KEY = Buffer.alloc(32, 1).toString('base64');
const OTHER = Buffer.alloc(32, 2).toString('base64');

describe('the keys of secrets', () => {
  const folder = createMockDirectory();
  const open = (more: Partial<Parameters<typeof openSecretCipher>[0]> = {}) =>
    openSecretCipher({ dataDir: folder.path, env: {}, ...more });

  it('are made at the first start, for nobody else to read, and stay', async () => {
    const [first, atOnce] = await Promise.all([open(), open()]);
    const file = folder.resolve('secrets/keys');
    expect((statSync(file).mode % 0o1000).toString(8)).toBe('600');
    const sealed = first.seal('quiet', 'here');
    expect(atOnce.open(sealed, 'here')).toBe('quiet');
    expect((await open()).open(sealed, 'here')).toBe('quiet');
    expect(JSON.stringify(sealed)).not.toContain(
      readFileSync(file, 'utf8').trim(),
    );

    chmodSync(file, 0o644);
    await expect(open()).rejects.toThrow(/can be read by others: run "chmod/);
  });

  it('come from a file or the environment, the newest first', async () => {
    folder.setContent({ mine: `# rotated in May\n${OTHER}\n${KEY}\n` });
    const older = await open({ env: { CALLBOARD_SECRET_KEYS: KEY } });
    const both = await open({ keyFile: folder.resolve('mine') });
    const sealed = older.seal('quiet', 'here');
    expect(both.open(sealed, 'here')).toBe('quiet');
    expect(both.keyId).not.toBe(older.keyId);
    expect(older.canOpen(both.seal('x', 'here'))).toBe(false);
  });

  it('open nothing that was put elsewhere or changed', async () => {
    const cipher = await open({ env: { CALLBOARD_SECRET_KEYS: KEY } });
    const { keyId, sealed } = cipher.seal('quiet', 'shop');
    expect(() => cipher.open({ keyId, sealed }, 'billing')).toThrow();
    const bytes = Buffer.from(sealed, 'base64');
    bytes[bytes.length - 1] += 1;
    const changed = { keyId, sealed: bytes.toString('base64') };
    expect(() => cipher.open(changed, 'shop')).toThrow();
  });

  it('are refused without being repeated', async () => {
    const wrong = open({ env: { CALLBOARD_SECRET_KEYS: `${KEY}\nshort` } });
    await expect(wrong).rejects.toThrow(
      'CALLBOARD_SECRET_KEYS: key 2 is not 32 bytes in Base64. Make one with "openssl rand -base64 32"',
    );
    await expect(wrong).rejects.not.toThrow(/short/);
  });
});
