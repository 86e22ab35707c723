import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Intervals } from '@callboard/plugin-callboard-control-plane';

/** Tests are started in their package, benchmarks in the repository's root. */
const ROOT = [process.cwd(), join(process.cwd(), '..')].find(folder =>
  existsSync(join(folder, 'tools/portal.mjs')),
)!;
const TAIL = 2_000; // of the log, where a portal does not start
const API_TOKEN = 'api-0123456789abcdef';
const GIT_TOKEN = 'git-0123456789abcdef';

export interface BarePortalOptions {
  /** Of everything that it writes; its log is `portal.log` there. */
  folder: string;
  port: number;
  /** `backend.database`; files of SQLite in the data folder when omitted. */
  database?: { client: string; connection: object };
  /** `callboard` of its configuration, beside what is needed to run. */
  callboard?: object;
  intervals?: Partial<Intervals>;
  /** Repositories, keys, lock; a folder of its own when omitted. */
  dataDir?: string;
}

interface Message {
  type: 'loaded' | 'ready' | 'verified';
  broken?: number;
}

/** One life of the portal's process. */
export interface Life {
  pid: number;
  /** Rejects where it ended before. */
  ready: Promise<void>;
  ended: Promise<void>;
}

/**
 * The portal's backend without pages and people (`__testUtils__/barePortal/main.ts`), as a
 * process that can be killed. The next process loads its code while the current
 * one works, and begins when it is told to.
 */
export class BarePortal {
  readonly url: string;
  readonly dataDir: string;
  readonly log: string;
  readonly #config: string;
  readonly #modules: string;
  #spare: ChildProcess | undefined;
  #current: ChildProcess | undefined;

  constructor(options: BarePortalOptions) {
    const { folder, port, callboard, intervals } = options;
    this.url = `http://127.0.0.1:${port}`;
    this.dataDir = options.dataDir ?? join(folder, 'data');
    this.log = join(folder, 'portal.log');
    this.#config = join(folder, 'portal.json');
    mkdirSync(join(ROOT, 'node_modules/.cache'), { recursive: true });
    this.#modules = mkdtempSync(join(ROOT, 'node_modules/.cache/bare-portal-'));
    const directory = join(this.dataDir, 'database');
    const database = options.database ?? {
      client: 'better-sqlite3',
      connection: { directory },
    };
    writeFileSync(
      this.#config,
      JSON.stringify({
        app: { baseUrl: this.url },
        backend: {
          baseUrl: this.url,
          listen: { host: '127.0.0.1', port },
          database,
          auth: {
            externalAccess: [
              {
                type: 'static',
                options: { token: API_TOKEN, subject: 'driver' },
              },
            ],
          },
        },
        events: { useEventBus: 'never' },
        callboard: {
          ...callboard,
          dataDir: this.dataDir,
          git: {
            followSeconds: 0.3,
            ...(callboard as { git?: object })?.git,
            tokens: [
              {
                username: 'dev',
                token: GIT_TOKEN,
                user: 'user:development/guest',
              },
            ],
          },
        },
        record: options.database
          ? {
              ...database,
              connection: {
                ...database.connection,
                database: 'backstage_plugin_callboard',
              },
            }
          : {
              client: 'better-sqlite3',
              connection: { filename: join(directory, 'callboard.sqlite') },
            },
        intervals,
      }),
    );
    execFileSync(process.execPath, [
      join(ROOT, 'test/src/support/__testUtils__/barePortal/bundle.mjs'),
      this.#bundle,
    ]);
    this.#spare = this.#fork();
  }

  /** Begins the next life; the one before has ended. */
  start(): Life {
    const child = this.#spare ?? this.#fork();
    this.#spare = undefined;
    this.#current = child;
    const ended = gone(child);
    const ready = heard(child, 'ready').then(
      () => {
        this.#spare ??= this.#fork(); // not sooner: it would take the processor from this one
      },
      error => {
        throw new Error(`${error.message}:\n${this.output.slice(-TAIL)}`);
      },
    );
    child.send('go');
    return { pid: child.pid!, ready, ended };
  }

  get pid(): number {
    return this.#current!.pid!;
  }

  /** Sends a signal to the process itself, and to none of those that it started. */
  signal(name: NodeJS.Signals): void {
    this.#current!.kill(name);
  }

  /** Resolves when the process has ended, however. */
  ended(): Promise<void> {
    return gone(this.#current!);
  }

  /** Asks a process beside the portal whether the journal is whole. @returns its first broken entry */
  async verify(): Promise<number | undefined> {
    const child = this.#spare ?? this.#fork();
    const verified = heard(child, 'verified');
    child.send('verify');
    const { broken } = await verified;
    return broken;
  }

  /** Ends all that it started, however it is, and what it needed to run. What it wrote stays. */
  async close(): Promise<void> {
    for (const child of [this.#spare, this.#current]) {
      if (!child) continue;
      const ended = gone(child);
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#modules, { recursive: true, force: true });
  }

  get output(): string {
    return readFileSync(this.log, 'utf8');
  }

  cloneUrl(app: string): string {
    const url = new URL(`/api/callboard/git/${app}.git`, this.url);
    return Object.assign(url, { username: 'dev', password: GIT_TOKEN }).href;
  }

  /** Asks the API as a program that may everything. Rejects where nobody answers. */
  async api<T>(
    path: string,
    init: { method?: string; body?: unknown } = {},
  ): Promise<{ status: number; body: T }> {
    const answer = await fetch(`${this.url}/api/callboard/v1${path}`, {
      method: init.method ?? 'GET',
      signal: AbortSignal.timeout(15_000),
      headers: {
        authorization: `Bearer ${API_TOKEN}`,
        'content-type': 'application/json',
      },
      ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: (text.startsWith('{') ? JSON.parse(text) : text) as T,
    };
  }

  get #bundle(): string {
    return join(this.#modules, 'barePortal.cjs');
  }

  #fork(): ChildProcess {
    const log = openSync(this.log, 'a');
    const child = fork(this.#bundle, [this.#config, '--wait'], {
      stdio: ['ignore', log, log, 'ipc'],
      execArgv: [],
      env: {
        PATH: process.env.PATH,
        HOME: this.dataDir,
        NODE_ENV: 'production',
        NODE_COMPILE_CACHE: join(this.#modules, 'compiled'),
      },
    });
    closeSync(log);
    child.on('error', () => {}); // told to it after its end
    return child;
  }
}

function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve();
  return new Promise(resolve => {
    child.once('exit', () => resolve());
  });
}

function heard(child: ChildProcess, type: Message['type']): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.on('message', message => {
      if ((message as Message).type === type) resolve(message as Message);
    });
    child.once('exit', () =>
      reject(new Error(`The portal ended before it was ${type}`)),
    );
  });
}
