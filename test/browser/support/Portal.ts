import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@callboard/testing';

/** Browser tests and benchmarks are started in the repository's root, other tests in their package. */
const ROOT = [process.cwd(), join(process.cwd(), '..')].find(folder =>
  existsSync(join(folder, 'tools/portal.mjs')),
)!;

/** The portal as `npm start` runs it, on a port and a data folder of its own. */
export class Portal {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly configs: string[];
  /** Runs it; who runs the tests when undefined. */
  readonly #user: { uid: number; gid: number } | undefined;
  /** Beside the environment of who runs the tests. */
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;
  #token = '';
  #signInKey = '';
  /** Of a guest, kept until the portal starts again. */
  #session: Promise<string> | undefined;
  #output = '';

  static async create(
    options: {
      configs?: string[];
      dataDir?: string;
      port?: number;
      user?: { uid: number; gid: number };
      env?: Record<string, string>;
    } = {},
  ): Promise<Portal> {
    const dataDir =
      options.dataDir ?? (await mkdtemp(join(tmpdir(), 'callboard-test-')));
    return new Portal({
      port: options.port ?? (await freePort()),
      dataDir,
      configs: options.configs ?? [],
      user: options.user,
      env: options.env ?? {},
    });
  }

  private constructor({
    port,
    dataDir,
    configs,
    user,
    env,
  }: {
    port: number;
    dataDir: string;
    configs: string[];
    user: { uid: number; gid: number } | undefined;
    env: Record<string, string>;
  }) {
    this.#user = user;
    this.#env = env;
    this.port = port;
    this.url = `http://localhost:${port}`;
    this.dataDir = dataDir;
    this.configs = configs;
  }

  /** What it printed since it was started last. */
  get output(): string {
    return this.#output;
  }

  /** Resolves with the three closing lines once the portal says that it is ready. */
  async start(): Promise<string[]> {
    this.#output = '';
    this.#session = undefined;
    const child = spawn(
      process.execPath,
      [
        join(ROOT, 'tools/portal.mjs'),
        'start',
        '--port',
        String(this.port),
        '--data',
        this.dataDir,
        ...this.configs.flatMap(file => ['--config', file]),
      ],
      {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, ...this.#env, NODE_ENV: undefined }, // a test's own word for it changes how pages are built
        ...this.#user,
      },
    );
    this.#child = child;
    await new Promise<void>((done, fail) => {
      child.stdout.on('data', chunk => {
        this.#output += chunk;
        if (/^Sign in .*#key=.*\n/m.test(this.#output)) done();
      });
      child.stderr.on('data', chunk => {
        this.#output += chunk;
      });
      child.once('exit', code =>
        fail(new Error(`The portal ended with ${code}:\n${this.#output}`)),
      );
    });
    this.#token = await this.#readSecret('git-token');
    this.#signInKey = await this.#readSecret('sign-in-key');
    return this.#output.trimEnd().split('\n').slice(-3);
  }

  /** Ctrl-C, and waits until it is gone. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise(done => child.once('exit', done));
    child.kill('SIGINT');
    await gone;
  }

  /** kill -9 of the one process that does the work. */
  async kill(): Promise<void> {
    const backend = await this.backendPid();
    await this.endedBy(() => process.kill(backend, 'SIGKILL'));
  }

  /** kill -9 of `npm start` alone. */
  async killStarter(): Promise<void> {
    await this.endedBy(() => process.kill(this.pid, 'SIGKILL'));
  }

  /** Does something, and waits until `npm start` is gone. */
  async endedBy(work: () => void): Promise<void> {
    const child = this.#child!;
    const gone = new Promise(done => child.once('exit', done));
    work();
    await gone;
  }

  /** Process of `npm start`. */
  get pid(): number {
    return this.#child!.pid!;
  }

  async backendPid(): Promise<number> {
    const children = await readFile(
      `/proc/${this.#child!.pid}/task/${this.#child!.pid}/children`,
      'utf8',
    );
    return Number(children.trim().split(' ')[0]);
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  cloneUrl(app: string, token = this.#token): string {
    return `http://dev:${token}@localhost:${this.port}/api/callboard/git/${app}.git`;
  }

  /** Address that signs a browser in and shows a page. */
  signInUrl(path = '/'): string {
    return `${this.url}${path}#key=${this.#signInKey}`;
  }

  async #readSecret(file: string): Promise<string> {
    return (await readFile(join(this.dataDir, file), 'utf8')).trim();
  }

  /** Signs in as a guest and returns the token. */
  async signIn(): Promise<string> {
    const session = await fetch(`${this.url}/api/auth/guest/refresh`, {
      method: 'POST',
      headers: { 'x-callboard-key': this.#signInKey },
    });
    const { backstageIdentity } = (await session.json()) as {
      backstageIdentity: { token: string };
    };
    return backstageIdentity.token;
  }

  /** Asks the API as a signed-in guest. */
  async api<T>(
    path: string,
    init: { method?: string; body?: unknown } = {},
  ): Promise<{ status: number; body: T }> {
    this.#session ??= this.signIn();
    const token = await this.#session;
    const response = await fetch(`${this.url}/api/callboard/v1${path}`, {
      method: init.method ?? 'GET',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const text = await response.text();
    const isLines = response.headers
      .get('content-type')
      ?.startsWith('application/x-ndjson');
    return {
      status: response.status,
      body: (isLines ? readLines(text) : readJson(text)) as T,
    };
  }
}

function readJson(text: string): unknown {
  return text ? JSON.parse(text) : undefined;
}

function readLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
}
