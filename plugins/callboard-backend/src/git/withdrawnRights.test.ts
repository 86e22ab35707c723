import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Problem } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { SCORE, TOKENS, TestPortal } from '../__testUtils__/TestPortal';
import { FLUSH, packet } from './packets';

jest.setTimeout(60_000);

const LARGE_BYTES = 24 * 1024 * 1024; // more than the buffers on the way hold
const FOLLOW_SECONDS = 50; // then the push would say so, and not why it ends

/** What goes on when somebody loses the right to it. */
describe('the git door, when an app is given to somebody else', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await TestPortal.start({
      config: { git: { followSeconds: FOLLOW_SECONDS } },
    });
  });

  afterAll(() => portal.stop());

  function giveToBo(app: string): void {
    for (const push of portal.controlPlane.recorded)
      if (push.app === app) Object.assign(push, { owner: 'user:default/bo' });
  }

  /** What a push says from now on: a line at once, and one after each step. */
  function describeIn(steps: string[]): () => void {
    let go: () => void = () => {};
    portal.controlPlane.followPush = async function* follow(
      _app,
      _commit,
      signal,
    ) {
      yield { line: 'it begins', kind: 'info' };
      await new Promise<void>(resolve => {
        go = resolve;
        signal.addEventListener('abort', () => resolve());
      });
      for (const line of steps) yield { line, kind: 'done' };
    };
    return () => go();
  }

  it('tells the one who pushed no more of it', async () => {
    describeIn(['it runs at https://shop.example']);
    const pushing = portal.push('shop');
    await eventually('it is recorded', () =>
      expect(portal.controlPlane.recorded).toMatchObject([{ app: 'shop' }]),
    );
    giveToBo('shop');
    const { code, remote } = await pushing;
    expect(code).toBe(0);
    expect(remote).toEqual([
      'it begins',
      'Stored; you may not see this app any longer',
    ]);
  });

  it('goes on telling while nobody can say who owns it', async () => {
    const goOn = describeIn(['it runs']);
    const { controlPlane } = portal;
    const pushing = portal.push('other');
    await eventually('it is recorded', () =>
      expect(controlPlane.recorded).toContainEqual(
        expect.objectContaining({ app: 'other' }),
      ),
    );
    controlPlane.storeProblem = { code: 'database-unavailable' } as Problem;
    const asked = jest
      .spyOn(controlPlane, 'findOwnedApp')
      .mockRejectedValue(new Error('the database does not answer'));
    await eventually('it was asked twice', () =>
      expect(asked.mock.calls.length).toBeGreaterThan(1),
    );
    asked.mockRestore();
    controlPlane.storeProblem = undefined;
    goOn();
    expect((await pushing).remote).toEqual(['it begins', 'it runs']);
  });

  it('ends a fetch that is under way', async () => {
    portal.controlPlane.followPush = async function* none() {};
    const work = await portal.repository({
      'score.yaml': SCORE,
      'large.bin': randomBytes(LARGE_BYTES),
    });
    const commit = (await portal.git(work, 'rev-parse', 'HEAD')).output.trim();
    await portal.git(work, 'push', portal.gitUrl('large', 'ana'), 'main');
    const fetching = request(
      `${portal.url}/api/callboard/git/large.git/git-upload-pack`,
      {
        method: 'POST',
        agent: false,
        auth: `ana:${TOKENS.ana}`,
        headers: { 'content-type': 'application/x-git-upload-pack-request' },
      },
    );
    fetching.end(
      Buffer.concat([
        packet(`want ${commit} ofs-delta\n`),
        FLUSH,
        packet('done\n'),
      ]),
    );
    const [answer] = (await once(fetching, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(200);
    answer.pause();
    giveToBo('large');
    const count = promisify(portal.server.getConnections.bind(portal.server));
    await eventually('the connection is gone', async () =>
      expect(await count()).toBe(0),
    );
    let bytes = 0;
    const closed = new Promise(resolve => answer.on('close', resolve));
    answer.on('error', () => {}).on('data', chunk => (bytes += chunk.length));
    answer.resume();
    await closed;
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(LARGE_BYTES);
  });

  it('takes no push that is still arriving', async () => {
    const goOn = describeIn([]);
    const pushing = portal.push('late');
    await eventually('it is recorded', () =>
      expect(portal.controlPlane.recorded).toContainEqual(
        expect.objectContaining({ app: 'late' }),
      ),
    );
    goOn();
    await pushing;
    const asked = jest.spyOn(portal.controlPlane, 'findOwnedApp');
    const { hostname, port } = new URL(portal.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `${[
        'POST /api/callboard/git/late.git/git-receive-pack HTTP/1.1',
        `Host: ${hostname}`,
        `Authorization: Basic ${btoa(`ana:${TOKENS.ana}`)}`,
        'Content-Type: application/x-git-receive-pack-request',
        'Content-Length: 100000',
        'Connection: close',
      ].join('\r\n')}\r\n\r\n0`,
    );
    const said = text(socket);
    await eventually('it was let in', () =>
      expect(asked).toHaveBeenCalledWith('late'),
    );
    giveToBo('late');
    expect(await said).not.toMatch(/unpack ok/);
    expect(
      portal.controlPlane.recorded.filter(({ app }) => app === 'late'),
    ).toHaveLength(1);
  });
});
