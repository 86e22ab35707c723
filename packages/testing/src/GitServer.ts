import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * A host of repositories on loopback: git's own `http-backend` behind a server
 * that requires a password for private repositories, as real hosts do.
 */
export class GitServer {
  /** The user to whom the password belongs; private repositories require both. */
  readonly user = 'callboard';
  readonly password = 'secret-of-the-host';
  /** Paths of all requests, oldest first. */
  readonly requests: string[] = [];
  /** Answers in place of git, to simulate a host that misbehaves. */
  answer: ((req: IncomingMessage, res: ServerResponse) => void) | undefined;
  readonly #folder: string;
  readonly #server: Server;
  readonly #private = new Set<string>();

  static async start(): Promise<GitServer> {
    const server = createServer();
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    return new GitServer(server);
  }

  private constructor(server: Server) {
    this.#folder = mkdtempSync(join(tmpdir(), 'callboard-git-server-'));
    this.#server = server;
    server.on('request', (req, res) => this.#serve(req, res));
  }

  /** `127.0.0.1:40123` */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  urlOf(repository: string): string {
    return `http://${this.host}/${repository}`;
  }

  /** Creates a repository; a private one requires the password. */
  create(repository: string, { isPrivate = false } = {}): void {
    const work = this.#workOf(repository);
    mkdirSync(work, { recursive: true });
    this.#git(work, 'init', '--quiet', '--initial-branch=main');
    if (isPrivate) this.#private.add(repository);
  }

  /** Commits files on a branch and keeps the files that are there. @returns the commit */
  commit(
    repository: string,
    files: Record<string, string>,
    { message = 'Change', branch = 'main' } = {},
  ): string {
    const work = this.#workOf(repository);
    this.#git(work, 'symbolic-ref', 'HEAD', `refs/heads/${branch}`);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), text);
    }
    this.#git(work, 'add', '--all');
    this.#git(work, 'commit', '--quiet', '--allow-empty', '-m', message);
    return this.#git(work, 'rev-parse', 'HEAD');
  }

  /** The folder of a repository, as a target to push to. */
  folderOf(repository: string): string {
    return join(this.#workOf(repository), '.git');
  }

  /** Checks out a branch that was pushed, so that later commits build on it. */
  switchTo(repository: string, branch: string): void {
    const work = this.#workOf(repository);
    this.#git(work, 'checkout', '--quiet', '--force', branch);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #workOf(repository: string): string {
    return join(this.#folder, repository);
  }

  #git(cwd: string, ...args: string[]): string {
    const who = {
      NAME: 'Ana',
      EMAIL: 'ana@example.com',
    };
    return execFileSync('git', args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: who.NAME,
        GIT_AUTHOR_EMAIL: who.EMAIL,
        GIT_COMMITTER_NAME: who.NAME,
        GIT_COMMITTER_EMAIL: who.EMAIL,
      },
    }).trim();
  }

  #serve(req: IncomingMessage, res: ServerResponse): void {
    const { pathname, search } = new URL(req.url ?? '/', 'http://host');
    this.requests.push(`${pathname}${search}`);
    if (this.answer) {
      this.answer(req, res);
      return;
    }
    const repository = [...this.#private].find(each =>
      pathname.startsWith(`/${each}/`),
    );
    const expected = `Basic ${Buffer.from(
      `${this.user}:${this.password}`,
    ).toString('base64')}`;
    if (repository && req.headers.authorization !== expected) {
      res.writeHead(401, { 'www-authenticate': 'Basic realm="host"' }).end();
      return;
    }
    const git = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_PROJECT_ROOT: this.#folder,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: pathname.replace(/^(\/[^/]+\/[^/]+)\//, '$1/.git/'),
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: req.method,
        CONTENT_TYPE: req.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: `${req.headers['content-encoding'] ?? ''}`,
        GIT_PROTOCOL: `${req.headers['git-protocol'] ?? ''}`,
      },
    });
    req.pipe(git.stdin);
    git.stdin.on('error', () => {}); // `http-backend` may stop reading early
    const chunks: Buffer[] = [];
    git.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    git.on('close', () => {
      const answer = Buffer.concat(chunks);
      const end = answer.indexOf('\r\n\r\n');
      const headers = Object.fromEntries(
        answer
          .subarray(0, Math.max(0, end))
          .toString('latin1')
          .split('\r\n')
          .map(line => line.split(/: (.*)/s).slice(0, 2)),
      );
      const { Status = '200', ...rest } = headers;
      res.writeHead(Number.parseInt(Status, 10), rest);
      res.end(answer.subarray(end + 4));
    });
  }
}
