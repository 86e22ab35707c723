import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { TOKENS, TestPortal } from '../__testUtils__/TestPortal';
import { serveHalfClosed } from '../doors/serveHalfClosed';

jest.setTimeout(60_000);

/** What one caller can do to all others by pushing slowly, or by never going away. */
describe('the git door', () => {
  let portal: TestPortal;

  const start = async (git: object) => {
    portal = await TestPortal.start({ config: { git } });
  };
  afterEach(() => portal.stop());

  /** A push whose body never comes. */
  async function pushNothing(user: 'ana' | 'bo'): Promise<Socket> {
    const { hostname, port } = new URL(portal.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {}).resume();
    await once(socket, 'connect');
    const credentials = Buffer.from(`${user}:${TOKENS[user]}`);
    socket.write(
      `${[
        'POST /api/callboard/git/slow.git/git-receive-pack HTTP/1.1',
        `Host: ${hostname}`,
        `Authorization: Basic ${credentials.toString('base64')}`,
        'Content-Type: application/x-git-receive-pack-request',
        'Content-Length: 100000',
      ].join('\r\n')}\r\n\r\n0`,
    );
    return socket;
  }

  it('stays open to others while one person holds all that they can', async () => {
    await start({ maxConcurrent: 4, idleSeconds: 600 });
    const held = await Promise.all(
      Array.from({ length: 8 }, () => pushNothing('ana')),
    );
    const pushed = await portal.push('shop', undefined, { user: 'bo' });
    expect(pushed.output).toContain('main -> main');
    expect(pushed.code).toBe(0);
    held.forEach(socket => socket.destroy());
  });

  it('ends transfers that stand still, and takes the next ones', async () => {
    await start({ maxConcurrent: 2, idleSeconds: 0.5 });
    const held = await Promise.all([pushNothing('ana'), pushNothing('ana')]);
    await Promise.all(held.map(socket => once(socket, 'close')));
    expect((await portal.push('shop')).code).toBe(0);
  });

  it('answers a client that has shut its sending side', async () => {
    await start({});
    serveHalfClosed(portal.server);
    const { hostname, port } = new URL(portal.url);
    const ask = async (request: string, body = '') => {
      const socket = connect({
        port: Number(port),
        host: hostname,
        allowHalfOpen: true,
      });
      socket.end(
        `${[
          `${request} HTTP/1.1`,
          `Host: ${hostname}`,
          `Authorization: Basic ${btoa(`ana:${TOKENS.ana}`)}`,
          'Content-Type: application/x-git-receive-pack-request',
          `Content-Length: ${body.length}`,
        ].join('\r\n')}\r\n\r\n${body}`,
      );
      return text(socket);
    };
    await portal.push('shop');
    const repository = '/api/callboard/git/shop.git';
    expect(
      await ask(`GET ${repository}/info/refs?service=git-upload-pack`),
    ).toMatch(/^HTTP\/1\.1 200[^]*refs\/heads\/main/);
    expect(await ask(`POST ${repository}/git-receive-pack`, '0000')).toMatch(
      /^HTTP\/1\.1 200[^]*application\/x-git-receive-pack-result/,
    );
  });

  it('holds no place for a push that waits for its app', async () => {
    await start({ maxConcurrent: 2, maxFollowers: 2 });
    let startFollowing = () => {};
    const isFollowed = new Promise<void>(resolve => {
      startFollowing = resolve;
    });
    portal.controlPlane.followPush = async function* follow(
      _app,
      _commit,
      signal,
    ) {
      startFollowing();
      yield { kind: 'info', line: 'waiting for the cluster' };
      await once(signal, 'abort');
    };
    void portal.push('one').catch(() => {});
    await isFollowed;
    const next = await portal.push('two'); // needs the only place that ana has
    expect(next.code).toBe(0);
    expect(next.remote.join('\n')).toMatch(
      /Many pushes are being watched now[^]*http:\/\/portal\.test\/callboard\/apps\/two/,
    );
  });
});
