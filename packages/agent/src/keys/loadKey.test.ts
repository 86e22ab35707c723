import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimFleet } from '@callboard/sim';
import { isSignedBy, signText } from '@callboard/tunnel';
import { ApiServer } from '../api/ApiServer';
import { FileKeyStore } from './FileKeyStore';
import type { KeyStore } from './KeyStore';
import { SecretKeyStore } from './SecretKeyStore';
import { loadKey } from './loadKey';

async function isStable(open: () => KeyStore): Promise<boolean> {
  const made = await loadKey(open());
  const kept = await loadKey(open());
  const signature = signText(kept.privateKey, 'hello', 'text');
  return isSignedBy(made.publicKey, {
    purpose: 'hello',
    text: 'text',
    signature,
  });
}

describe('in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-agent-'));
  const file = join(folder, 'agent', 'key.pem');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is made once, and only its owner reads it', async () => {
    expect(await isStable(() => new FileKeyStore(file))).toBe(true);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  });

  it('is closed to others again when it was opened', async () => {
    writeFileSync(file, (await new FileKeyStore(file).read()) ?? '', {
      mode: 0o644,
    });
    await loadKey(new FileKeyStore(file));
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  });
});

it('is made once in a Secret of its cluster', async () => {
  const fleet = await SimFleet.listen();
  fleet.addCluster({ name: 'edge-1', nodes: [], token: 'token' });
  const api = new ApiServer({
    server: fleet.urlOf('edge-1'),
    readToken: async () => 'token',
  });
  const path = '/api/v1/namespaces/default/secrets';
  const body = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'callboard-agent' },
  });
  const headers = { 'content-type': 'application/json' };
  const { body: answer } = await api.send(
    { method: 'POST', path, headers, body },
    AbortSignal.timeout(5_000),
  );
  for await (const chunk of answer) expect(chunk.byteLength).toBeGreaterThan(0);
  const secret = { namespace: 'default', name: 'callboard-agent' };
  expect(await isStable(() => new SecretKeyStore(api, secret))).toBe(true);
  api.close();
  await fleet.close();
});
