import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENTRYPOINT = join(__dirname, '../../assets/entrypoint.cjs');
const LISTEN = 'setInterval(() => {}, 1000); console.log("ready");';
/** Stands for the kernel in front of process 1: signals that nobody handles do nothing. */
const AS_FIRST_PROCESS = [
  'setsid',
  'unshare',
  '--fork',
  '--pid',
  '--kill-child',
];
const isRoot = process.getuid?.() === 0;

describe('entrypoint', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'entrypoint-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function place(files: Record<string, string>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text, { mode: 0o755 });
    }
  }

  function start(argv: string[], { before = [] as string[] } = {}) {
    const [program, ...args] = [
      ...before,
      process.execPath,
      ENTRYPOINT,
      ...argv,
    ];
    const child = spawn(program, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const ended = new Promise<{
      code: number | null;
      signal: string | null;
      output: string;
    }>(resolve =>
      child.once('close', (code, signal) => resolve({ code, signal, output })),
    );
    const ready = new Promise<void>(resolve =>
      child.stdout.on('data', () => output.includes('ready') && resolve()),
    );
    return { child, ended, ready };
  }

  describe('a Node.js program runs in the very process', () => {
    it.each([
      {
        name: 'CommonJS',
        file: 'a.cjs',
        text: 'console.log(require.main === module, module.id)',
        says: 'true .',
      },
      {
        name: 'an ECMAScript module',
        file: 'a.mjs',
        text: 'await 0; console.log(import.meta.main, import.meta.filename === process.argv[1])',
        says: 'true true',
      },
      {
        name: 'a module by its package',
        file: 'esm/a.js',
        text: 'import fs from "node:fs"; console.log(import.meta.main, typeof fs.open)',
        says: 'true function',
      },
      {
        name: 'its arguments',
        file: 'a.cjs',
        text: 'console.log(process.argv.slice(2).join())',
        args: ['--fast', 'x'],
        says: '--fast,x',
      },
    ])('$name', async ({ file, text, args = [], says }) => {
      await place({ 'esm/package.json': '{"type":"module"}', [file]: text });
      expect(await start(['node', file, ...args]).ended).toEqual({
        code: 0,
        signal: null,
        output: `${says}\n`,
      });
    });

    it.each([
      { name: 'its exit code', text: 'process.exit(3)', code: 3 },
      {
        name: 'what it sets and then ends',
        text: 'process.exitCode = 4',
        code: 4,
      },
      {
        name: 'an error that nobody caught',
        text: 'throw new Error("broken")',
        code: 1,
      },
      {
        name: 'a rejection that nobody caught',
        text: 'Promise.reject(new Error("broken"))',
        code: 1,
      },
    ])('ends with $name', async ({ text, code }) => {
      await place({ 'end.js': text });
      expect((await start(['node', 'end.js']).ended).code).toBe(code);
    });

    it('says where an error is in the program', async () => {
      await place({ 'end.js': '\nthrow new Error("broken")' });
      expect((await start(['node', 'end.js']).ended).output).toContain(
        join(folder, 'end.js:2'),
      );
    });
  });

  const SIGNALS: Array<{
    name: string;
    argv: string[];
    files: Record<string, string>;
    code: number;
    says?: string;
  }> = [
    {
      name: 'a program that handles nothing ends at once',
      argv: ['node', 'on.js'],
      files: { 'on.js': LISTEN },
      code: 143,
    },
    {
      name: 'a program that handles it decides alone',
      argv: ['node', 'on.js'],
      files: {
        'on.js': `process.once('SIGTERM', () => setTimeout(() => { console.log('closed'); process.exit(0) }, 100)); ${LISTEN}`,
      },
      code: 0,
      says: 'closed',
    },
    {
      name: 'a program that cleans up and then sends it to itself again',
      argv: ['node', 'on.js'],
      files: {
        'on.js': `const clean = () => { if (process.listeners('SIGTERM').length !== 1) return; console.log('clean'); process.off('SIGTERM', clean); process.kill(process.pid, 'SIGTERM') };
          process.on('SIGTERM', clean); ${LISTEN}`,
      },
      code: 143,
      says: 'clean',
    },
    {
      name: 'a shell line that is one command',
      argv: ['sh', '-c', 'exec node on.js "$@"', 'sh'],
      files: { 'on.js': LISTEN },
      code: 143,
    },
    {
      name: 'a program that is none of Node.js',
      argv: ['sh', 'on.sh'],
      files: {
        'on.sh':
          'trap "echo closed; exit 7" TERM; echo ready; while :; do sleep 0.1; done',
      },
      code: 7,
      says: 'closed',
    },
  ];

  describe.each([
    { where: 'as any process', before: [] as string[] },
    ...(isRoot ? [{ where: 'as process 1', before: AS_FIRST_PROCESS }] : []),
  ])('SIGTERM $where', ({ before }) => {
    it.each(SIGNALS)('$name', async ({ argv, files, code, says }) => {
      await place(files);
      const { child, ended, ready } = start(argv, { before });
      await ready;
      process.kill(
        before.length > 0 ? await childOf(child) : child.pid!,
        'SIGTERM',
      );
      const result = await ended;
      expect(result.code).toBe(code);
      expect(result.output).toContain(says ?? '');
    });
  });

  it('says which program is not there', async () => {
    expect(await start(['no-such-program']).ended).toEqual({
      code: 127,
      signal: null,
      output:
        'Cannot start no-such-program: there is no such program in the image\n',
    });
  });
});

/** The one child of a process, as the kernel tells it: inside it is process 1. */
async function childOf(parent: ChildProcess): Promise<number> {
  const text = await readFile(
    `/proc/${parent.pid}/task/${parent.pid}/children`,
    'utf8',
  );
  return Number(text.trim());
}
