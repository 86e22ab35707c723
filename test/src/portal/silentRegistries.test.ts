import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Portal } from '../../browser/support/Portal';
import { Repository } from '../../browser/support/Repository';
import { eventually } from '@callboard/testing';
import { describePortal, writeConfig } from './describePortal';

const SILENT_SECONDS = 20;
const SILENT_APPS = ['slow-1', 'slow-2', 'slow-3', 'slow-4'];

/** Files of an app that answers; with a package of some registry where one is named. */
function filesOf(name: string, registry?: string): Record<string, string> {
  return {
    'score.yaml': JSON.stringify({
      apiVersion: 'score.dev/v1b1',
      metadata: { name },
      containers: { web: { image: '.', command: ['node', 'server.js'] } },
      service: { ports: { web: { port: 80, targetPort: 8080 } } },
    }),
    'server.js':
      "require('node:http').createServer((_, answer) => answer.end('open')).listen(process.env.PORT);",
    ...(registry && {
      '.npmrc': `registry=${registry}\n`,
      'package.json': JSON.stringify({
        name,
        version: '1.0.0',
        dependencies: { 'never-answered': '1.0.0' },
      }),
    }),
  };
}

describePortal('pushes whose package registries do not answer', () => {
  let folder: string;
  let portal: Portal;
  let registry: Server;
  const asked = new Set<number>();
  const repositories: Repository[] = [];

  const address = () =>
    `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-silent-'));
    registry = createServer(socket => {
      socket.on('error', () => {});
      asked.add(socket.remotePort!);
    });
    await new Promise<void>(done => registry.listen(0, '127.0.0.1', done));
    portal = await Portal.create({
      configs: [
        writeConfig(folder, {
          callboard: {
            builder: {
              packageRegistries: [{ url: address() }],
              limits: { silentSeconds: SILENT_SECONDS },
            },
          },
        }),
      ],
      dataDir: join(folder, 'data'),
    });
    await portal.start();
  }, 180_000);

  afterAll(async () => {
    await portal?.stop();
    registry?.close();
    for (const repository of repositories) await repository.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  async function push(name: string, from?: string) {
    const repository = await Repository.create(filesOf(name, from));
    repositories.push(repository);
    return repository.push(portal.cloneUrl(name));
  }

  it('hold up no other push of the same people, and end early', async () => {
    const silent = SILENT_APPS.map(name => push(name, address()));
    let ended = 0;
    silent.forEach(each => each.finally(() => (ended += 1)));
    await eventually(
      'builds wait for the registry',
      () => expect(asked.size).toBeGreaterThanOrEqual(3),
      60_000,
    );
    const innocent = await push('innocent');
    expect(innocent.text).toMatch(/Healthy/);
    expect(ended).toBe(0);
    for (const { text } of await Promise.all(silent))
      expect(text).toMatch(
        new RegExp(
          `it wrote nothing for the ${SILENT_SECONDS} s that a build may be silent`,
        ),
      );
  }, 180_000);
});
