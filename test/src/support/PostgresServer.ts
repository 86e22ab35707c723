import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listDescendants } from '../../browser/support/processes';

const HOME = '/usr/lib/postgresql';
const PORT = 5432; // names the socket's file; nothing listens on the network

/** Where PostgreSQL's programs are; undefined where it is not installed, or refuses to run as who we are. */
export const POSTGRES_PROGRAMS = existsSync(HOME)
  ? readdirSync(HOME)
      .sort((a, b) => Number(b) - Number(a))
      .map(version => join(HOME, version, 'bin'))
      .find(folder => existsSync(join(folder, 'initdb')))
  : undefined;

/** A PostgreSQL of a test's own, to be stopped, restarted and killed. Writes are durable, as a company's are. */
export class PostgresServer {
  readonly folder: string;
  readonly #user: { uid?: number; gid?: number };

  static start(): PostgresServer {
    const server = new PostgresServer();
    server.#run('initdb', [
      ...['--pgdata', server.#data, '--username=postgres'],
      ...['--auth=trust', '--no-sync', '--encoding=UTF8'],
    ]);
    server.begin();
    return server;
  }

  private constructor() {
    this.#user = process.getuid?.() === 0 ? readUser('postgres') : {};
    this.folder = mkdtempSync(join(tmpdir(), 'callboard-pg-'));
    const { uid, gid } = this.#user;
    if (uid !== undefined && gid !== undefined)
      chownSync(this.folder, uid, gid);
    chmodSync(this.folder, 0o711);
  }

  /** `backend.database` of a portal's configuration. */
  get database(): { client: string; connection: object } {
    return {
      client: 'pg',
      connection: { host: this.folder, port: PORT, user: 'postgres' },
    };
  }

  begin(): void {
    this.#control('start', ['--options', this.#options]);
  }

  /** `fast` ends transactions in order; `immediate` is a crash. */
  end(mode: 'fast' | 'immediate'): void {
    this.#control('stop', [`--mode=${mode}`]);
  }

  /** kill -9 of the server and of each of its processes. */
  async kill(): Promise<void> {
    const [pid] = readFileSync(join(this.#data, 'postmaster.pid'), 'utf8')
      .split('\n')
      .map(Number);
    const pids = await listDescendants(pid);
    for (const each of pids) killNow(each);
    // What is left of its shared memory is free when the last of them is gone.
    while (pids.some(each => existsSync(`/proc/${each}`)))
      await new Promise(done => setTimeout(done, 5));
  }

  /** Runs one of PostgreSQL's own programs against it. @returns what it printed */
  ask(program: string, ...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(
      join(POSTGRES_PROGRAMS!, program),
      [
        ...['--host', this.folder, '--port', String(PORT)],
        ...['--username', 'postgres', ...args],
      ],
      { ...this.#user, cwd: '/', encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    if (status !== 0)
      throw new Error(`${program} ended with ${status}: ${stderr}${stdout}`);
    return stdout;
  }

  restart(): void {
    this.#control('restart', ['--mode=fast', '--options', this.#options]);
  }

  remove(): void {
    if (existsSync(join(this.#data, 'postmaster.pid'))) this.end('immediate');
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.folder, 'data');
  }

  get #options(): string {
    return `-c listen_addresses= -c unix_socket_directories=${this.folder} -c port=${PORT} -c max_connections=200`;
  }

  #control(verb: string, options: string[]): void {
    this.#run('pg_ctl', [
      verb,
      ...['--wait', '--silent', '--pgdata', this.#data],
      ...['--log', join(this.folder, 'log'), ...options],
    ]);
  }

  #run(program: string, args: string[]): void {
    const { status, error } = spawnSync(
      join(POSTGRES_PROGRAMS!, program),
      args,
      { ...this.#user, cwd: '/', stdio: 'ignore' },
    );
    if (status !== 0)
      throw error ?? new Error(`${program} ended with ${status}`);
  }
}

function readUser(name: string): { uid: number; gid: number } {
  const id = (option: string) =>
    Number(spawnSync('id', [option, name], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended with one that was killed before it.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
