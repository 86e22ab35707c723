import { createHash, randomUUID } from 'node:crypto';
import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface Account {
  username: string;
  password: string;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

const PATH =
  /^\/v2\/(.+?)\/(blobs\/uploads|blobs|manifests|referrers|tags)\/?(.*)$/;

/**
 * An image registry in memory with accounts, as far as pushes and pulls need one.
 * Who is refused gets what was sent quoted, as careless registries do.
 * Source: OCI distribution specification 1.1.
 */
export class AccountRegistry {
  readonly #blobs = new Map<string, Buffer>();
  readonly #manifests = new Map<string, { type: string; bytes: Buffer }>();
  readonly #uploads = new Map<string, Buffer>();
  readonly #server: Server;
  #accounts: readonly Account[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async listen(): Promise<AccountRegistry> {
    const registry = new AccountRegistry();
    await new Promise<void>(done =>
      registry.#server.listen(0, '127.0.0.1', done),
    );
    return registry;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Only these get in from now on. */
  admit(accounts: readonly Account[]): void {
    this.#accounts = accounts;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await buffer(request);
    const account = readBasic(request.headers.authorization);
    const answer = this.#accounts.some(each => isSame(each, account))
      ? this.#serve(request, body)
      : refusal(account);
    response.writeHead(answer.status, {
      'content-length': Buffer.byteLength(answer.body ?? ''),
      ...answer.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  }

  #serve(request: IncomingMessage, body: Buffer): Answer {
    const url = new URL(request.url ?? '/', 'http://registry');
    const [, name, kind, reference = ''] = PATH.exec(url.pathname) ?? [];
    const { method = 'GET', headers } = request;
    switch (kind) {
      case undefined:
        return { status: 200 };
      case 'blobs/uploads':
        return this.#upload(`/v2/${name}/blobs`, {
          id: reference === '' ? randomUUID() : reference,
          digest: url.searchParams.get('digest') ?? undefined,
          body,
        });
      case 'blobs': {
        const blob = this.#blobs.get(reference);
        return blob ? { status: 200, body: blob } : { status: 404 };
      }
      case 'manifests':
        return method === 'PUT'
          ? this.#keep(`${name}@`, reference, {
              type: headers['content-type'] ?? '',
              bytes: body,
            })
          : this.#read(`${name}@${reference}`);
      default:
        return { status: 404 };
    }
  }

  #keep(
    prefix: string,
    reference: string,
    manifest: { type: string; bytes: Buffer },
  ): Answer {
    const digest = digestOf(manifest.bytes);
    for (const key of [digest, reference])
      this.#manifests.set(`${prefix}${key}`, manifest);
    return { status: 201, headers: { 'docker-content-digest': digest } };
  }

  #read(key: string): Answer {
    const kept = this.#manifests.get(key);
    if (!kept) return { status: 404 };
    return {
      status: 200,
      headers: {
        'content-type': kept.type,
        'docker-content-digest': digestOf(kept.bytes),
      },
      body: kept.bytes,
    };
  }

  #upload(
    base: string,
    { id, digest, body }: { id: string; digest?: string; body: Buffer },
  ): Answer {
    const bytes = Buffer.concat([this.#uploads.get(id) ?? Buffer.of(), body]);
    if (digest === undefined) {
      this.#uploads.set(id, bytes);
      return { status: 202, headers: { location: `${base}/uploads/${id}` } };
    }
    this.#uploads.delete(id);
    if (digestOf(bytes) !== digest) return { status: 400 };
    this.#blobs.set(digest, bytes);
    return { status: 201, headers: { location: `${base}/${digest}` } };
  }
}

function refusal(account: Account | undefined): Answer {
  return {
    status: 401,
    headers: { 'www-authenticate': 'Basic realm="registry"' },
    body: JSON.stringify({
      errors: [
        {
          code: 'UNAUTHORIZED',
          message: account
            ? `${account.username} is not known by ${account.password}`
            : 'sign in',
        },
      ],
    }),
  };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function readBasic(header: string | undefined): Account | undefined {
  const encoded = /^Basic (\S+)$/.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [, username, password] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ??
    [];
  return username === undefined ? undefined : { username, password };
}

function isSame(one: Account, other: Account | undefined): boolean {
  return one.username === other?.username && one.password === other.password;
}
