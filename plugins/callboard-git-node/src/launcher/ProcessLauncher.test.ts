import { fork } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ProcessLauncher, startHere } from './ProcessLauncher';
import type { StartProgram } from './Program';

const OPTIONS = { cwd: '/', env: { PATH: '/usr/bin:/bin', WORD: 'hello' } };
const node = (program: string): [string, string[]] => [
  process.execPath,
  ['-e', program],
];

describe('ProcessLauncher', () => {
  let launcher: ProcessLauncher;

  beforeAll(async () => {
    launcher = await ProcessLauncher.open();
  });

  afterAll(() => launcher.close());

  it('leaves nothing behind when its owner was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'callboard-launcher-'));
    const helper = fork(
      resolvePackagePath(
        '@callboard/plugin-callboard-git-node',
        'assets/launcher.cjs',
      ),
      [join(folder, 'door')],
      { execArgv: [] },
    );
    await once(helper, 'message');
    const ended = once(helper, 'exit');
    helper.disconnect(); // as the kernel does for who is gone
    await ended;
    await expect(access(folder)).rejects.toThrow('ENOENT');
  });

  /** What Node does with a child is what is expected of the launcher. */
  const ways: Array<[string, () => StartProgram]> = [
    ['started here', () => startHere],
    ['started by the launcher', () => launcher.start],
  ];

  describe.each(ways)('a program %s', (_, start) => {
    it('has its arguments, its folder and no other environment', async () => {
      const program = start()(
        '/bin/sh',
        ['-c', 'echo $0 $WORD $HOME; pwd', 'a b'],
        {
          ...OPTIONS,
          cwd: '/usr',
        },
      );
      const closed = once(program, 'close');
      expect(await text(program.stdout)).toBe('a b hello\n/usr\n');
      expect((await closed)[0]).toBe(0);
    });

    it('answers with its exit code and what it wrote to stderr', async () => {
      const program = start()(
        '/bin/sh',
        ['-c', 'echo no >&2; exit 3'],
        OPTIONS,
      );
      const closed = once(program, 'close');
      const [errors] = await Promise.all([
        text(program.stderr),
        text(program.stdout),
      ]);
      expect([errors, (await closed)[0]]).toEqual(['no\n', 3]);
    });

    it('takes and gives more than fits any buffer, byte by byte the same', async () => {
      const bytes = Buffer.alloc(8 * 1024 * 1024);
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = (at * 7) % 251;
      const program = start()('/bin/cat', [], OPTIONS);
      const closed = once(program, 'close');
      program.stdin.end(bytes);
      expect((await buffer(program.stdout)).equals(bytes)).toBe(true);
      expect((await closed)[0]).toBe(0);
    });

    it('waits with its output until somebody reads it', async () => {
      const program = start()('/usr/bin/yes', [], OPTIONS);
      const closed = once(program, 'close');
      await once(program.stdout, 'readable');
      for (let turn = 0; turn < 20; turn += 1)
        await new Promise(resolve => setImmediate(resolve));
      expect(program.stdout.readableLength).toBeLessThan(4 * 1024 * 1024);
      program.kill('SIGKILL');
      program.stdout.destroy();
      expect((await closed)[0]).toBe(null);
    });

    it('hands its file descriptor 3 on to what it starts', async () => {
      const program = start()(
        '/bin/sh',
        ['-c', `/bin/sh -c 'echo asked >&3; read -r word <&3; echo $word'`],
        { ...OPTIONS, hasSideChannel: true },
      );
      const closed = once(program, 'close');
      const [asked] = await once(program.sideChannel!, 'data');
      expect(String(asked)).toBe('asked\n');
      program.sideChannel!.write('answered\n');
      expect(await text(program.stdout)).toBe('answered\n');
      expect((await closed)[0]).toBe(0);
    });

    it('hears on it that nobody answers any more', async () => {
      const program = start()(
        '/bin/sh',
        ['-c', 'echo asked >&3; read -r word <&3 || echo nobody'],
        { ...OPTIONS, hasSideChannel: true },
      );
      await once(program.sideChannel!, 'data');
      program.sideChannel!.destroy();
      expect(await text(program.stdout)).toBe('nobody\n');
    });

    it('is over when it is killed, and when it ends without reading', async () => {
      const sleeping = start()('/bin/sleep', ['600'], OPTIONS);
      const closed = once(sleeping, 'close');
      sleeping.kill('SIGKILL');
      expect((await closed)[0]).toBe(null);

      const deaf = start()('/bin/true', [], OPTIONS);
      deaf.stdin.on('error', () => {}); // a child of this process has a pipe that breaks
      deaf.stdin.write(Buffer.alloc(1024 * 1024));
      expect((await once(deaf, 'close'))[0]).toBe(0);
    });

    it('says when it cannot be started', async () => {
      const program = start()('/nowhere/git', [], OPTIONS);
      const [error] = await once(program, 'error');
      expect(error).toMatchObject({ code: 'ENOENT' });
    });
  });

  it('ends its programs when it ends, and the next ones are started here', async () => {
    const other = await ProcessLauncher.open();
    const program = other.start(
      ...node('console.log(process.pid); setInterval(() => {}, 1e6)'),
      OPTIONS,
    );
    const closed = once(program, 'close');
    const [line] = await once(program.stdout, 'data');
    const pid = Number(line);
    await other.close();
    expect((await closed)[0]).toBe(null);
    for (;;) {
      try {
        process.kill(pid, 0);
      } catch {
        break;
      }
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    const next = other.start('/bin/echo', ['here'], OPTIONS);
    expect(await text(next.stdout)).toBe('here\n');
  });
});
