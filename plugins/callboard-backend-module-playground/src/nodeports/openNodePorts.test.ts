import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoopbackNodePorts } from './LoopbackNodePorts';
import { openNodePorts } from './openNodePorts';

const BASE = 31_900;
const COUNT = 8;

describe('openNodePorts', () => {
  let folder: string;
  const opened: LoopbackNodePorts[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'node-ports-'));
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(ports => ports.close()));
    await rm(folder, { recursive: true, force: true });
  });

  async function open(portal: string): Promise<LoopbackNodePorts> {
    const ports = await openNodePorts({
      dataDir: join(folder, portal),
      base: BASE,
      count: COUNT,
    });
    opened.push(ports);
    return ports;
  }

  it('gives two portals on one machine a block each', async () => {
    const [one, other] = [await open('one'), await open('other')];
    expect(other.first).toBeGreaterThanOrEqual(one.first + COUNT);
  });

  it('gives a portal the block it had, also when an earlier one is free by now', async () => {
    const [one, other] = [await open('one'), await open('other')];
    await Promise.all([one.close(), other.close()]);
    expect((await open('other')).first).toBe(other.first);
  });

  it('never gives out a port that somebody else has', async () => {
    const probe = await open('probe');
    await probe.close();
    const busy: Server = createServer();
    await new Promise<void>(resolve =>
      busy.listen(probe.first + 2, '127.0.0.1', resolve),
    );
    try {
      const ports = await open('probe');
      const range: [number, number] = [ports.first, ports.first + 3];
      const reserve = () =>
        ports.reserve({ cluster: 'eu-1', range, target: () => undefined });
      expect([reserve(), reserve(), reserve()]).toEqual([
        ports.first,
        ports.first + 1,
        ports.first + 3,
      ]);
      expect(reserve).toThrow('of eu-1 are taken');
    } finally {
      await new Promise(resolve => busy.close(resolve));
    }
  });
});
