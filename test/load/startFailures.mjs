// How long `npm start` takes to end once the portal knows that it cannot start.
//
//   node test/load/startFailures.mjs [--rounds 3] [--port 7170] ['port taken']...
//
// Known is what stands in the portal's log, or what `npm start` itself says where
// it finds out before the portal runs. Needs root, to mount small disks, and
// built pages. Ends all it started.
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    port: { type: 'string', default: '7170' },
  },
});
const KNOWN =
  /threw an error during startup|cannot start|Failed to instantiate/;
const LOOK_MS = 5;
const LOCKER = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1]);
  database.exec('pragma locking_mode = exclusive; begin exclusive');
  console.log('locked');
  setInterval(() => {}, 1000);
`;

const CASES = {
  'database locked': async ({ data, undo }) => {
    const locker = spawn(process.execPath, ['-e', LOCKER, databaseOf(data)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    undo.push(() => locker.kill('SIGKILL'));
    await new Promise(done => locker.stdout.once('data', done));
  },
  'database damaged': ({ data }) =>
    writeFileSync(databaseOf(data), Buffer.alloc(8192, 'not a database ')),
  'folder read-only': ({ data, undo }) => mount(data, 'ro', undo),
  'database read-only': ({ data, undo }) =>
    mount(dirname(databaseOf(data)), 'ro', undo),
  'folder full': ({ data, undo }) => mount(data, 'size=1m', undo),
  'disk full in the database': ({ data, undo }) =>
    mount(dirname(databaseOf(data)), 'size=64k', undo),
  'module failed': ({ folder }) => {
    const clusters = join(folder, 'platform/clusters');
    mkdirSync(clusters, { recursive: true });
    writeFileSync(join(clusters, 'bad.yaml'), 'kind: Cluster\nspec: 7\n');
    return {
      callboard: {
        playground: { enabled: true },
        platform: [join(folder, 'platform')],
      },
    };
  },
  'database refused': () => ({
    backend: {
      database: {
        client: 'pg',
        connection: { host: '127.0.0.1', port: 1, user: 'callboard' },
      },
    },
    callboard: { playground: { enabled: false } },
  }),
  'setting unknown': () => ({
    callboard: { playground: { enabled: false }, retentoin: { releases: 5 } },
  }),
  'configuration unreadable': ({ config }) => {
    writeFileSync(config, '{ "callboard": ');
    return 'written';
  },
  'port taken': async ({ port, undo }) => {
    const server = createServer();
    await new Promise(done => server.listen(port, 'localhost', done));
    undo.push(() => new Promise(done => server.close(done)));
  },
};

for (const [name, prepare] of Object.entries(CASES)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const seconds = [];
  let said = '';
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const { ms, output } = await fail(prepare);
    seconds.push((ms / 1000).toFixed(2));
    said = output;
  }
  process.stdout.write(
    `${name.padEnd(28)} ${seconds.join(' ')} s\n${said
      .trim()
      .split('\n')
      .slice(-4)
      .map(line => `    ${line.slice(0, 200)}\n`)
      .join('')}`,
  );
}

async function fail(prepare) {
  const folder = mkdtempSync(join(tmpdir(), 'start-failures-'));
  const data = join(folder, 'data');
  const port = Number(options.port);
  const undo = [];
  try {
    mkdirSync(join(data, 'database'), { recursive: true, mode: 0o700 });
    const config = join(folder, 'config.json');
    const own = await prepare({ folder, data, config, port, undo });
    const settings = own ?? { callboard: { playground: { enabled: false } } };
    if (own !== 'written') writeFileSync(config, JSON.stringify(settings));
    return await timeEnd({ data, port, config });
  } finally {
    for (const step of undo.reverse()) await step();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From what is known to the end of the command. */
async function timeEnd({ data, port, config }) {
  const log = join(data, 'callboard.log');
  let output = '';
  let knownAt;
  const child = spawn(
    process.execPath,
    [
      join(root, 'tools/portal.mjs'),
      'start',
      ...['--port', `${port}`, '--data', data, '--config', config],
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise(done =>
    child.once('exit', () => done(performance.now())),
  );
  let isRunning = true;
  void ended.then(() => (isRunning = false));
  child.stdout.on('data', chunk => (output += chunk));
  child.stderr.on('data', chunk => {
    output += chunk;
    knownAt ??= performance.now();
  });
  while (isRunning && knownAt === undefined) {
    if (existsSync(log) && KNOWN.test(readFileSync(log, 'utf8')))
      knownAt ??= performance.now();
    await wait(LOOK_MS);
  }
  const endedAt = await ended;
  return { ms: endedAt - (knownAt ?? endedAt), output };
}

function databaseOf(data) {
  return join(data, 'database/callboard.sqlite');
}

function mount(folder, mountOptions, undo) {
  const { status, stderr } = spawnSync(
    'mount',
    ['-o', mountOptions, '-t', 'tmpfs', 'tmpfs', folder],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  undo.push(() => spawnSync('umount', ['--lazy', folder]));
}
