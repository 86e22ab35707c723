import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimObject } from '../json';
import { ObjectStore } from './ObjectStore';
import { StoreLog } from './StoreLog';

const WRITES = 2_100;
const MINUTE_MS = 60_000;

/** The file behind a store. */
describe('StoreLog', () => {
  let folder: string;
  let path: string;
  let nowMs = 0;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-store-'));
    path = join(folder, 'eu-1.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = () => {
    const log = new StoreLog(path);
    const store = new ObjectStore({ nowMs: () => nowMs, ...log.load() });
    return { store, close: log.attach(store) };
  };
  const configMap = (name: string, value: string): SimObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'default' },
    data: { value },
  });

  it('is written again before it grows without end, and can be read by its owner alone', () => {
    const { store, close } = open();
    for (let i = 0; i < WRITES; i++) {
      if (i % 100 === 0) nowMs += MINUTE_MS;
      store.put('/configmaps', configMap('a', String(i)));
    }
    close();
    expect(readFileSync(path, 'utf8').split('\n').length).toBeLessThan(1_000);
    expect(statSync(path).mode % 0o1000).toBe(0o600);
    const again = open();
    expect(again.store.get('/configmaps', 'default', 'a')).toEqual(
      store.get('/configmaps', 'default', 'a'),
    );
    expect(again.store.revision).toBe(store.revision);
    again.close();
  });

  it('gives back the window with the states before each write', () => {
    const { store, close } = open();
    store.put('/configmaps', configMap('a', '1'));
    const from = store.revision;
    store.put('/configmaps', configMap('a', '2'));
    store.remove('/configmaps', configMap('a', '2'));
    close();
    const again = open();
    const events = again.store.window.since(from);
    expect(events?.map(({ type, previous }) => [type, previous?.data])).toEqual(
      [
        ['MODIFIED', { value: '1' }],
        ['DELETED', { value: '2' }],
      ],
    );
    again.close();
  });
});
