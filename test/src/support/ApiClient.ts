import {
  type ClientRequest,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { request as requestHttps } from 'node:https';

export type Json = Record<string, unknown>;

export interface ApiRequest {
  method?: string;
  path: string;
  body?: unknown;
  /** `application/json` when omitted. */
  type?: string;
  accept?: string;
}

export interface ApiAnswer {
  status: number;
  body: Json;
  text: string;
  warnings: string[];
}

export interface WatchLine {
  type: string;
  object: Json & {
    metadata: {
      name: string;
      resourceVersion: string;
      labels?: Record<string, string>;
      annotations?: Record<string, string>;
    };
  };
}

/** A watch that is open: what it said so far. */
export interface OpenWatch {
  lines: WatchLine[];
  isOver(): boolean;
  stop(): void;
}

/** Speaks HTTP to an API server, with no opinion of its own. */
export class ApiClient {
  readonly #url: string;
  readonly #token: string;

  constructor({ url, token }: { url: string; token: string }) {
    this.#url = url;
    this.#token = token;
  }

  get(path: string, accept?: string): Promise<ApiAnswer> {
    return this.send({ path, accept });
  }

  async send({
    method = 'GET',
    path,
    body,
    type,
    accept,
  }: ApiRequest): Promise<ApiAnswer> {
    const response = await this.#open({ method, path, body, type, accept });
    const text = await readText(response);
    const warning = response.headers.warning as string | string[] | undefined;
    const warnings =
      warning === undefined
        ? []
        : [warning].flat().flatMap(line => line.split(/, (?=299 )/));
    return {
      status: response.statusCode ?? 0,
      body: parse(text),
      text,
      warnings,
    };
  }

  /** Opens a watch; `path` has no `watch` parameter yet. */
  async watch(path: string): Promise<OpenWatch> {
    const watch: OpenWatch & { over: boolean } = {
      lines: [],
      over: false,
      isOver: () => watch.over,
      stop: () => undefined,
    };
    const response = await this.#open({
      method: 'GET',
      path: `${path}${path.includes('?') ? '&' : '?'}watch=true`,
    });
    watch.stop = () => response.destroy();
    let rest = '';
    response.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n');
      rest = parts.pop() ?? '';
      parts
        .filter(line => line !== '')
        .forEach(line => watch.lines.push(JSON.parse(line) as WatchLine));
    });
    response.on('close', () => {
      watch.over = true;
    });
    response.on('error', () => undefined);
    if (response.statusCode !== 200) throw new Error(await readText(response));
    return watch;
  }

  #open({
    method,
    path,
    body,
    type = 'application/json',
    accept = 'application/json',
  }: ApiRequest): Promise<IncomingMessage> {
    const url = new URL(`${this.#url}${path}`);
    const headers: Record<string, string> = {
      Authorization: `Bearer ${this.#token}`,
      Accept: accept,
      'User-Agent': 'contract/1',
    };
    const content = typeof body === 'string' ? body : JSON.stringify(body);
    if (body !== undefined) {
      headers['Content-Type'] = type;
      headers['Content-Length'] = String(Buffer.byteLength(content));
    }
    return new Promise((resolve, reject) => {
      const options = { method, headers, rejectUnauthorized: false };
      const call: ClientRequest =
        url.protocol === 'https:'
          ? requestHttps(url, options, resolve)
          : requestHttp(url, options, resolve);
      call.once('error', reject);
      call.end(body === undefined ? undefined : content);
    });
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>)
    chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return { text };
  }
}
