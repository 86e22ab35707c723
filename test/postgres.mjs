// Runs a command with a PostgreSQL of its own: `node test/postgres.mjs -- yarn test`.
//
// Makes a database cluster in a temporary folder, starts a server that listens
// on a Unix socket only, hands its address to the command as
// BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING, and removes all of it
// again. As root everything of PostgreSQL runs as user `postgres`, since it
// refuses to run as root. Ends with the command's exit code.
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';
const PORT = 5432; // only names the socket's file; nothing listens on the network

const [separator, command, ...args] = process.argv.slice(2);
if (separator !== '--' || !command)
  fail('Usage: node test/postgres.mjs -- <command> [arguments]');

const bin =
  findServer() ??
  fail('PostgreSQL is not installed: apt-get install postgresql');
const user = process.getuid() === 0 ? readUser('postgres') : undefined;
const folder = mkdtempSync(join(tmpdir(), 'callboard-postgres-'));
if (user) chownSync(folder, user.uid, user.gid);
chmodSync(folder, 0o711);

let code = 1;
try {
  runAs([
    'initdb',
    '--pgdata',
    join(folder, 'data'),
    '--username=postgres',
    '--auth=trust',
    '--no-sync',
    '--encoding=UTF8',
  ]);
  runAs([
    'pg_ctl',
    'start',
    '--wait',
    '--silent',
    '--pgdata',
    join(folder, 'data'),
    '--log',
    join(folder, 'log'),
    '--options',
    `-c listen_addresses= -c unix_socket_directories=${folder} -c port=${PORT} -c fsync=off -c max_connections=200`,
  ]);
  code = await run();
} finally {
  if (existsSync(join(folder, 'data/postmaster.pid'))) {
    spawnSync(
      join(bin, 'pg_ctl'),
      [
        'stop',
        '--mode=immediate',
        '--silent',
        '--pgdata',
        join(folder, 'data'),
      ],
      { ...user, cwd: '/' },
    );
  }
  rmSync(folder, { recursive: true, force: true });
}
process.exit(code);

/** The newest server that Debian installed. */
function findServer() {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home)
    ? readdirSync(home).sort((a, b) => Number(b) - Number(a))
    : [];
  return versions
    .map(version => join(home, version, 'bin'))
    .find(candidate => existsSync(join(candidate, 'initdb')));
}

function readUser(name) {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(each => each.startsWith(`${name}:`));
  if (!line)
    fail(`There is no user ${name}, and PostgreSQL refuses to run as root`);
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

function runAs([program, ...options]) {
  const { status, stdout, stderr } = spawnSync(join(bin, program), options, {
    ...user,
    cwd: '/',
    encoding: 'utf8',
    stdio: [
      'ignore',
      program === 'initdb' ? 'pipe' : 'ignore',
      program === 'initdb' ? 'pipe' : 'inherit',
    ],
  });
  if (status !== 0)
    fail(`${program} ended with ${status}: ${stdout ?? ''}${stderr ?? ''}`);
}

function run() {
  const url = `postgresql://postgres@/postgres?host=${encodeURIComponent(
    folder,
  )}&port=${PORT}`;
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, [VARIABLE]: url },
  });
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => child.kill(signal));
  return new Promise(resolve => {
    child.on('error', error => {
      console.error(`Cannot run ${command}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (exitCode, signal) =>
      resolve(exitCode ?? (signal ? 130 : 1)),
    );
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
