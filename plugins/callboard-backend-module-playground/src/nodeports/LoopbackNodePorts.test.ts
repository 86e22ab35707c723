import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@callboard/testing';
import { LoopbackNodePorts } from './LoopbackNodePorts';
import { NodePortTable } from './NodePortTable';

const BASE = 31_900;

describe('LoopbackNodePorts', () => {
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
    const ports = await LoopbackNodePorts.open({
      base: BASE,
      table: new NodePortTable(join(folder, portal, 'node-ports.json')),
      spare: 8,
      retryMs: 20,
    });
    opened.push(ports);
    return ports;
  }

  const reserve = (
    ports: LoopbackNodePorts,
    service: string,
    more: { wanted?: number; onBlocked?: (reason?: string) => void } = {},
  ) =>
    ports.reserve({
      cluster: 'eu-1',
      service: `shop--dev/${service}`,
      range: ports.range,
      target: () => undefined,
      ...more,
    });

  async function listenOn(port: number): Promise<Server> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return server;
  }
  const shut = (server: Server) =>
    new Promise(resolve => server.close(resolve));

  it('gives two portals on one machine different ports', async () => {
    const [one, other] = [await open('one'), await open('other')];
    expect(reserve(one, 'web')).not.toBe(reserve(other, 'web'));
  });

  it('gives a service that is created again the port it had, whatever was created since', async () => {
    const ports = await open('one');
    const port = reserve(ports, 'web');
    ports.release(port);
    expect(reserve(ports, 'api')).not.toBe(port);
    await ports.close();
    const later = await open('one');
    reserve(later, 'jobs');
    expect(reserve(later, 'web')).toBe(port);
  });

  it('keeps a port for its service while another program has it, says who, and opens it when it is free', async () => {
    const before = await open('one');
    const port = reserve(before, 'web');
    await before.close();
    const thief = await listenOn(port);
    const reasons: Array<string | undefined> = [];
    const ports = await open('one');
    const onBlocked = (reason?: string) => reasons.push(reason);
    expect(reserve(ports, 'web', { wanted: port, onBlocked })).toBe(port);
    await eventually(() =>
      expect(reasons).toEqual([
        expect.stringMatching(
          `^Port ${port} of this machine is held by .+ \\(process ${process.pid}\\)$`,
        ),
      ]),
    );
    await shut(thief);
    await eventually(() => expect(reasons).toHaveLength(2));
    expect(reasons[1]).toBeUndefined();
    await expect(listenOn(port)).rejects.toThrow('EADDRINUSE');
  });

  it('never gives a new service a port that another program has', async () => {
    const busy = await listenOn(BASE + 2);
    const ports = await open('one');
    const given = ['a', 'b', 'c', 'd'].map(name => reserve(ports, name));
    expect(given).not.toContain(BASE + 2);
    await shut(busy);
  });

  it('gives more ports than it opened at first', async () => {
    const ports = await open('one');
    const given = new Set<number>();
    for (let i = 0; i < 60; i += 1)
      await eventually(() => given.add(reserve(ports, `service-${i}`)));
    expect(given.size).toBe(60);
  });

  it('opens nothing for a fleet without clusters', async () => {
    const ports = await LoopbackNodePorts.open({
      base: BASE,
      table: new NodePortTable(join(folder, 'none.json')),
      spare: 0,
    });
    const own = await listenOn(BASE);
    expect(own.listening).toBe(true);
    await shut(own);
    await ports.close();
  });

  it('refuses a port that another service holds', async () => {
    const ports = await open('one');
    const port = reserve(ports, 'web');
    expect(() => reserve(ports, 'api', { wanted: port })).toThrow(
      'is free for',
    );
  });
});
