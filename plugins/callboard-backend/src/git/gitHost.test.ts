import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { eventually } from '@callboard/testing';
import { FLUSH, packet } from './packets';
import { SCORE, TOKENS, TestPortal } from '../__testUtils__/TestPortal';

const MEGABYTE = 1024 * 1024;
jest.setTimeout(60_000);

describe('git host', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await TestPortal.start({
      config: { git: { maxPushBytes: 4 * MEGABYTE, followSeconds: 2 } },
    });
  });

  afterAll(() => portal.stop());

  const repositories = () =>
    portal.deps.revisions as unknown as { list(): Promise<string[]> };
  const recorded = (app: string) =>
    portal.controlPlane.recorded.filter(push => push.app === app);

  it('takes a push, creates the app for its pusher, and tells how it goes', async () => {
    const result = await portal.push('shop', {
      'score.yaml': SCORE,
      'server.js': 'run()',
    });
    expect(result.output).toContain('[new branch]      main -> main');
    expect({ code: result.code, remote: result.remote }).toEqual({
      code: 0,
      remote: ['Healthy'],
    });
    expect(recorded('shop')).toMatchObject([
      {
        actor: 'user:default/ana',
        owner: 'user:default/ana',
        revision: { message: 'Change', author: 'Ana <ana@example.com>' },
      },
    ]);
    expect(
      portal.controlPlane.checked.filter(push => push.app === 'shop'),
    ).toMatchObject([
      {
        paths: ['score.yaml', 'server.js'],
        texts: { 'score.yaml': SCORE },
        revision: recorded('shop')[0].revision,
      },
    ]);
  });

  it('takes further pushes, forced ones too, and gives the code back to its owner', async () => {
    const work = await portal.repository({ 'score.yaml': SCORE });
    const url = portal.gitUrl('again', 'ana');
    await portal.git(work, 'push', url, 'main');
    const commit = await portal.commit(work, { 'server.js': '2' });
    expect((await portal.git(work, 'push', url, 'main')).code).toBe(0);
    const rewritten = await portal.repository({
      'score.yaml': SCORE,
      other: 'history',
    });
    expect((await portal.git(rewritten, 'push', url, 'main')).code).not.toBe(0);
    expect(
      (await portal.git(rewritten, 'push', '--force', url, 'main')).code,
    ).toBe(0);
    expect(recorded('again')).toHaveLength(3);

    const clone = join(portal.folder, 'clone');
    expect(
      (await portal.git(portal.folder, 'clone', '--quiet', url, clone)).code,
    ).toBe(0);
    expect((await portal.git(clone, 'show', 'HEAD:other')).output).toBe(
      'history',
    );
    // a release of the history that was forced away can still be built
    expect(
      await portal.deps.revisions.readFile('again', commit, 'server.js', 100),
    ).toEqual({ ok: true, value: '2' });
    expect(
      (await portal.git(clone, 'ls-remote', 'origin')).output,
    ).not.toContain('callboard');
  });

  it.each<[string, Record<string, string | Uint8Array>, string[]]>([
    ['no score.yaml', { 'server.js': '' }, ['its problem is score-missing']],
    [
      'invalid YAML',
      { 'score.yaml': 'apiVersion: score.dev/v1b1\nmetadata: {name: [' },
      ['score.yaml, line 2'],
    ],
    [
      'a wrong schema',
      { 'score.yaml': SCORE.replace('image: .', 'imago: .') },
      ['score.yaml, line 4', 'containers.web'],
    ],
    [
      'an unknown placeholder',
      {
        'score.yaml': `${SCORE}    variables: { A: "\${resources.db.host}" }\n`,
      },
      [],
    ],
    ['a YAML bomb', { 'score.yaml': yamlBomb() }, ['score.yaml']],
    [
      'a score.yaml over 1 MB',
      { 'score.yaml': `${SCORE}#${'x'.repeat(MEGABYTE)}` },
      ['Cannot read score.yaml', 'at most 1 MiB are read'],
    ],
    [
      'a score.yaml of 50 MB',
      { 'score.yaml': `${SCORE}#${'x'.repeat(50 * MEGABYTE)}` },
      ['Cannot read score.yaml'],
    ],
    [
      'an app.yaml over 1 MB',
      { 'score.yaml': SCORE, 'app.yaml': `#${'x'.repeat(MEGABYTE)}` },
      ['Cannot read app.yaml'],
    ],
  ])('refuses a push with %s', async (name, files, said) => {
    const app = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const result = await portal.push(app, files);
    expect(result.code).not.toBe(0);
    expect(result.output).toContain(
      '[remote rejected] main -> main (pre-receive hook declined)',
    );
    for (const words of [...said, 'next:'])
      expect(result.remote.join('\n')).toContain(words);
    expect(recorded(app)).toEqual([]);
    await eventually('the repository is removed', async () =>
      expect(await repositories().list()).not.toContain(app),
    );
  });

  it.each<[string, () => string, string[]]>([
    [
      'a name that is no DNS label',
      () => portal.gitUrl('My_Shop', 'ana'),
      ['it contains the capital letter "M"'],
    ],
    [
      'a name that is too long',
      () => portal.gitUrl('x'.repeat(64), 'ana'),
      ['at most 63 are allowed'],
    ],
    [
      'a path for a name',
      () => portal.gitUrl('..%2f..%2fetc', 'ana'),
      ['it contains "."'],
    ],
    [
      "another owner's app",
      () => portal.gitUrl('shop', 'bo'),
      ['it belongs to somebody else, and user:default/bo may not act'],
    ],
    [
      'a wrong token',
      () => portal.gitUrl('shop', 'ana', 'wrong'),
      ['this user name and token are not known here'],
    ],
    [
      "somebody else's token",
      () => portal.gitUrl('shop', 'bo', 'ana-0123456789abcdef'),
      ['are not known here'],
    ],
  ])('refuses %s before anything is sent', async (_, url, said) => {
    const work = await portal.repository({ 'score.yaml': SCORE });
    const result = await portal.git(work, 'push', url(), 'main');
    expect(result.code).not.toBe(0);
    for (const words of said)
      expect(result.remote.join(' ').replace(/ +/g, ' ')).toContain(words);
  });

  it('asks who does not say who they are', async () => {
    const work = await portal.repository({ 'score.yaml': SCORE });
    const result = await portal.git(
      work,
      'push',
      portal.gitUrl('shop'),
      'main',
    );
    expect(result.code).not.toBe(0);
    expect(result.output).toContain('could not read Username');
    const answer = await fetch(
      `${portal.gitUrl('shop')}/info/refs?service=git-receive-pack`,
    );
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(
      'Basic realm="Callboard"',
    );
  });

  it('refuses a push over the size limit at once, and answers meanwhile', async () => {
    const work = await portal.repository({
      'score.yaml': SCORE,
      'big.bin': randomBytes(24 * MEGABYTE),
    });
    let slowest = 0;
    let done = false;
    const asking = (async () => {
      while (!done) {
        const began = performance.now();
        await fetch(`${portal.url}/api/callboard/v1/openapi.json`).then(
          answer => answer.text(),
        );
        slowest = Math.max(slowest, performance.now() - began);
      }
    })();
    const result = await portal.git(
      work,
      'push',
      portal.gitUrl('heavy', 'ana'),
      'main',
    );
    done = true;
    await asking;
    expect(result.code).not.toBe(0);
    expect(result.output).toContain(
      '[remote rejected] main -> main (push-too-large)',
    );
    expect(result.remote.join(' ')).toContain('it is larger than 4 MiB');
    expect(slowest).toBeLessThan(5_000);
    await eventually('the repository is removed', async () =>
      expect(await repositories().list()).not.toContain('heavy'),
    );
  });

  it.each<[string, Record<string, string>, number]>([
    [
      'says beforehand that it is too large',
      { 'content-length': String(500 * MEGABYTE) },
      64 * 1024,
    ],
    ['grows too large', { 'transfer-encoding': 'chunked' }, 5 * MEGABYTE],
  ])('refuses a push that %s before its end', async (_, headers, bytes) => {
    const command = `${'0'.repeat(40)} ${'a'.repeat(
      40,
    )} refs/heads/main\0 report-status side-band-64k`;
    const asked = request(`${portal.gitUrl('endless')}/git-receive-pack`, {
      method: 'POST',
      auth: `ana:${TOKENS.ana}`,
      headers: {
        'content-type': 'application/x-git-receive-pack-request',
        ...headers,
      },
    });
    asked.on('error', () => {}); // our own end of it, below
    asked.write(Buffer.concat([packet(command), FLUSH, packStart(bytes)]));
    // It never ends: the answer comes before.
    const [answer] = await once(asked, 'response');
    const said = (await answer.toArray()).join('');
    expect(said).toContain('Cannot take this push to "endless"');
    expect(said).toContain('ng refs/heads/main push-too-large');
    asked.destroy();
  });

  it('stores other branches and tags, releases none of them, and keeps main', async () => {
    const work = await portal.repository({ 'score.yaml': SCORE });
    const url = portal.gitUrl('branches', 'ana');
    const alone = await portal.git(work, 'push', url, 'main:feature');
    expect(alone.code).not.toBe(0);
    expect(alone.remote.join('\n')).toContain(
      'only the branch "main" is released',
    );
    await eventually('the repository is removed', async () =>
      expect(await repositories().list()).not.toContain('branches'),
    );

    await portal.git(work, 'push', url, 'main');
    await portal.git(work, 'tag', 'v1');
    const more = await portal.git(work, 'push', url, 'main:feature', 'v1');
    expect({ code: more.code, remote: more.remote }).toEqual({
      code: 0,
      remote: [
        'feature is stored; only main is released',
        'v1 is stored; only main is released',
        'http://portal.test/callboard/apps/branches',
      ],
    });
    expect(recorded('branches')).toHaveLength(1);

    const deleting = await portal.git(work, 'push', url, ':main');
    expect(deleting.code).not.toBe(0);
    expect(deleting.remote.join('\n')).toContain(
      'it is what the app runs from',
    );
    const hidden = await portal.git(
      work,
      'push',
      url,
      'main:refs/callboard/revisions/x',
      'main:refs/replace/x',
    );
    expect(hidden.code).not.toBe(0);
  });

  it('gives back history, branches and tags, so that all of it moves to another host', async () => {
    const work = await portal.repository({ 'score.yaml': SCORE });
    const url = portal.gitUrl('moving', 'ana');
    for (const text of ['1', '2'])
      await portal.commit(work, { 'server.js': text });
    await portal.git(work, 'tag', '--annotate', 'v1', '--message', 'First');
    await portal.git(work, 'branch', 'feature', 'main~1');
    expect((await portal.git(work, 'push', url, '--all')).code).toBe(0);
    expect((await portal.git(work, 'push', url, '--tags')).code).toBe(0);
    expect(recorded('moving')).toHaveLength(1);

    const bare = join(portal.folder, 'moving-bare');
    const other = join(portal.folder, 'moving-other');
    await portal.git(portal.folder, 'init', '--quiet', '--bare', other);
    await portal.git(portal.folder, 'clone', '--quiet', '--bare', url, bare);
    expect((await portal.git(bare, 'push', other, '--all')).code).toBe(0);
    expect((await portal.git(bare, 'push', other, '--tags')).code).toBe(0);
    const refs = async (folder: string) =>
      (await portal.git(folder, 'for-each-ref', 'refs/heads', 'refs/tags'))
        .output;
    expect(await refs(other)).toBe(await refs(work));
    expect(await refs(other)).toMatch(/feature[^]*main[^]*v1/);
    const commits = await portal.git(other, 'rev-list', '--count', 'main');
    expect(commits.output.trim()).toBe('3');

    expect((await portal.git(work, 'push', url, ':feature', ':v1')).code).toBe(
      0,
    );
    const left = await portal.git(work, 'ls-remote', '--quiet', url);
    expect(
      left.output
        .trim()
        .split('\n')
        .map(line => line.split('\t')[1]),
    ).toEqual(['HEAD', 'refs/heads/main']);
    expect(recorded('moving')).toHaveLength(1);
  });

  it('lets one of two first pushes to the same name win', async () => {
    const results = await Promise.all([
      portal.push('race', { 'score.yaml': SCORE, a: 'ana' }),
      portal.push('race', { 'score.yaml': SCORE, b: 'bo' }, { user: 'bo' }),
    ]);
    expect(results.map(({ code }) => code === 0).sort()).toEqual([false, true]);
    expect(recorded('race')).toHaveLength(1);
    expect(
      (
        await portal.deps.revisions.listFiles(
          'race',
          recorded('race')[0].revision.commit,
        )
      ).ok,
    ).toBe(true);
  });

  it('ends a refused push with the page of the app, where there is one', async () => {
    const page = 'http://portal.test/callboard/apps/paged';
    const refused = await portal.push('paged', { x: '' });
    expect(refused.code).not.toBe(0);
    expect(refused.remote).not.toContain(page);
    const work = await portal.repository({ 'score.yaml': SCORE });
    await portal.git(work, 'push', portal.gitUrl('paged', 'ana'), 'main');
    await portal.git(work, 'rm', 'score.yaml');
    await portal.commit(work, { x: '' });
    const again = await portal.git(
      work,
      'push',
      portal.gitUrl('paged', 'ana'),
      'main',
    );
    expect(again.code).not.toBe(0);
    expect(again.remote.filter(line => line !== '').at(-1)).toBe(page);
  });

  it('ends a push that cannot be followed with the page of the app', async () => {
    const failing = jest
      .spyOn(portal.controlPlane, 'followPush')
      .mockImplementation(async function* follow() {
        yield { line: 'Revision 1', kind: 'info' };
        throw new Error('the database is away');
      });
    const result = await portal.push('unwatched');
    failing.mockRestore();
    expect({ code: result.code, remote: result.remote }).toEqual({
      code: 0,
      remote: [
        'Revision 1',
        'It cannot be watched any longer; it is stored and continues. See',
        'http://portal.test/callboard/apps/unwatched',
      ],
    });
  });

  it('does not wait for ever, and says where to look', async () => {
    portal.controlPlane.steps = undefined;
    try {
      const result = await portal.push('patient');
      expect(result.code).toBe(0);
      expect(result.remote).toEqual([
        'Not finished yet; it continues. See',
        'http://portal.test/callboard/apps/patient',
      ]);
    } finally {
      portal.controlPlane.steps = [{ line: 'Healthy', kind: 'done' }];
    }
  });

  it('shows nothing that a terminal would obey', async () => {
    portal.controlPlane.steps = [
      { line: '\u001b[31mred\u0007 \u009b2Jgone', kind: 'failed' },
    ];
    try {
      expect((await portal.push('colours')).remote).toEqual([
        ' [31mred   2Jgone',
      ]);
    } finally {
      portal.controlPlane.steps = [{ line: 'Healthy', kind: 'done' }];
    }
  });

  it('needs neither git nor node on the PATH, and nothing of the home folder', async () => {
    const { PATH, HOME } = process.env;
    Object.assign(process.env, { PATH: '/nonexistent', HOME: '/nonexistent' });
    try {
      expect((await portal.push('bare')).remote).toEqual(['Healthy']);
    } finally {
      Object.assign(process.env, { PATH, HOME });
    }
  });

  it('goes on without a pusher who leaves', async () => {
    portal.controlPlane.steps = undefined;
    const following = jest.spyOn(portal.controlPlane, 'followPush');
    try {
      const work = await portal.repository({ 'score.yaml': SCORE });
      const leaver = spawn(
        'git',
        ['push', portal.gitUrl('left', 'ana'), 'main'],
        { cwd: work, detached: true, stdio: 'ignore' },
      );
      await eventually('git waits', () => expect(following).toHaveBeenCalled());
      process.kill(-(leaver.pid as number), 'SIGKILL');
      const [, , signal] = following.mock.calls[0];
      await eventually('nobody is told any more', () =>
        expect(signal.aborted).toBe(true),
      );
      expect(recorded('left')).toHaveLength(1);
    } finally {
      following.mockRestore();
      portal.controlPlane.steps = [{ line: 'Healthy', kind: 'done' }];
    }
    const work = await portal.repository({ 'score.yaml': SCORE, more: '' });
    expect(
      (
        await portal.git(
          work,
          'push',
          '--force',
          portal.gitUrl('left', 'ana'),
          'main',
        )
      ).remote,
    ).toEqual(['Healthy']);
  });

  it('records at its next start what moved without being recorded', async () => {
    const dataDir = join(portal.folder, 'killed');
    const killed = await TestPortal.start({ dataDir });
    const dying = jest
      .spyOn(killed.controlPlane, 'recordPush')
      .mockReturnValue(new Promise(() => {}));
    const pushing = killed.push('survivor');
    await eventually('the branch has moved', () =>
      expect(dying).toHaveBeenCalled(),
    );
    await killed.stop();
    expect((await pushing).output).toContain('main -> main');

    const next = await TestPortal.start({ dataDir });
    await eventually('the push is recorded', () =>
      expect(next.controlPlane.recorded).toHaveLength(1),
    );
    expect(next.controlPlane.recorded[0]).toMatchObject({
      app: 'survivor',
      actor: 'user:default/ana',
    });
    await next.stop();
  });

  it('leaves pushes stored and says so when it ends while they are followed', async () => {
    const other = await TestPortal.start();
    other.controlPlane.steps = undefined;
    const pushing = other.push('shop');
    await eventually('the push is recorded', () =>
      expect(other.controlPlane.recorded).toHaveLength(1),
    );
    await other.stop();
    expect((await pushing).remote).toEqual([
      'Callboard stopped. The push is stored and continues when Callboard is back',
      'http://portal.test/callboard/apps/shop',
    ]);
  });
});

/** The first bytes of a pack that holds one large file. */
function packStart(bytes: number): Buffer {
  const size = [0x3f | 0x80]; // type 3, a blob; then seven bits of its size at a time
  for (let rest = bytes >> 4; rest > 0; rest >>= 7)
    size.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
  const head = Buffer.from([
    0x50,
    0x41,
    0x43,
    0x4b,
    0,
    0,
    0,
    2,
    0,
    0,
    0,
    1,
    ...size,
  ]);
  return Buffer.concat([
    head,
    deflateSync(randomBytes(bytes), { level: 0 }).subarray(0, bytes),
  ]);
}

function yamlBomb(): string {
  const levels = Array.from(
    { length: 20 },
    (_, level) =>
      `l${level + 1}: &l${level + 1} [${Array(9)
        .fill(`*l${level}`)
        .join(', ')}]`,
  );
  return `l0: &l0 [x]\n${levels.join('\n')}\n`;
}
