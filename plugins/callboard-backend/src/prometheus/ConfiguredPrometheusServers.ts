import { lookup as resolveName } from 'node:dns';
import { readFileSync } from 'node:fs';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type LookupFunction, isIP } from 'node:net';
import {
  type Problem,
  ProblemError,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  AnswerTooLargeError,
  type CallOptions,
  type PrometheusServers,
  type Reach,
  type ServiceAnswer,
  isNearAddress,
  isWithin,
  parseJson,
  readBody,
} from '@callboard/plugin-callboard-node';

const DEADLINE_MS = 10_000;
const ANSWER_BYTES = 2 * 1024 * 1024;
const LIMITS = {
  depth: 20,
  valueBytes: ANSWER_BYTES,
  valueParts: 60_000,
  listItems: 20_000,
};

/** Credentials, and the servers they may be sent to. */
export interface PrometheusCredentials {
  /** Patterns, like `hosts` below. */
  hosts: readonly string[];
  token?: string;
  username?: string;
  password?: string;
  /** PEM of the CA of the server's certificate, where that is not a public one. */
  caFile?: string;
}

/** The servers that may be queried. */
export interface PrometheusSettings {
  /**
   * `prometheus.example.com:9090`; a leading `*.` matches one label. Without a
   * port, the default port of the scheme.
   */
  hosts: readonly string[];
  reach: Reach;
  credentials: ReadonlyMap<string, PrometheusCredentials>;
}

/**
 * Queries Prometheus servers from the platform's files, within the limits of
 * the portal's configuration: allowed hosts, the addresses they may resolve to,
 * and the hosts of credentials. Follows no redirect.
 */
export class ConfiguredPrometheusServers implements PrometheusServers {
  readonly #settings: () => PrometheusSettings;

  /** @param settings - read at each query: the configuration may change under a running process */
  constructor(settings: () => PrometheusSettings) {
    this.#settings = settings;
  }

  async query(
    server: { url: string; credentials?: string },
    query: string,
    { signal, deadlineMs = DEADLINE_MS }: CallOptions = {},
  ): Promise<Result<ServiceAnswer>> {
    const settings = this.#settings();
    const allowed = judge(server, settings);
    if (!allowed.ok) return allowed;
    const { url, credentials } = allowed.value;
    url.searchParams.set('query', query);
    url.searchParams.set('partial_response', 'false'); // for Thanos; other servers ignore it
    const late = AbortSignal.any([
      AbortSignal.timeout(deadlineMs),
      ...(signal ? [signal] : []),
    ]);
    try {
      const response = await ask(url, {
        credentials,
        reach: settings.reach,
        signal: late,
      });
      const bytes = await readBody(response, ANSWER_BYTES);
      response.destroy();
      return ok({
        status: response.statusCode ?? 0,
        body: parseJson(bytes, LIMITS),
      });
    } catch (error) {
      if (error instanceof ProblemError) return failed(error.problem);
      if (error instanceof AnswerTooLargeError)
        return failed(unreachable('it answers too much'));
      return failed(unreachable(whyOf(error, late)));
    }
  }
}

function judge(
  server: { url: string; credentials?: string },
  { hosts, credentials: all, reach }: PrometheusSettings,
): Result<{ url: URL; credentials?: PrometheusCredentials }> {
  const base = new URL(server.url);
  const name = server.credentials;
  const credentials = name === undefined ? undefined : all.get(name);
  if (name !== undefined && !credentials)
    return failed(
      notAllowed(
        `the portal has no credentials "${name}"`,
        `Add them below callboard.prometheus.credentials of the portal's configuration`,
      ),
    );
  // Credentials are sent only to their own hosts.
  const allowed = credentials ? credentials.hosts : hosts;
  if (!allowed.some(pattern => isHost(base.host, pattern)))
    return failed(
      notAllowed(
        credentials
          ? `its credentials "${name}" are not for ${base.host}`
          : `the portal may not ask ${base.host}`,
        `Add it to callboard.prometheus${
          credentials ? `.credentials.${name}` : ''
        }.hosts of the portal's configuration`,
      ),
    );
  const host = base.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) {
    const refused = judgeAddress(host, { url: base, reach, credentials });
    if (refused) return failed(refused);
  }
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/$/, '')}/api/v1/query`;
  return ok({ url, ...(credentials && { credentials }) });
}

function judgeAddress(
  address: string,
  {
    url,
    reach,
    credentials,
  }: { url: URL; reach: Reach; credentials?: PrometheusCredentials },
): Problem | undefined {
  if (!isWithin(address, reach))
    return notAllowed(
      `${url.hostname} leads to an address that the portal does not dial`,
      'Set callboard.prometheus.reach of the portal to what it may dial; link-local and metadata addresses never',
    );
  if (credentials && url.protocol === 'http:' && !isNearAddress(address))
    return notAllowed(
      `plain HTTP would show its credentials to everybody on the way to ${url.hostname}`,
      "Use https in the cluster's file",
    );
  return undefined;
}

function isHost(host: string, pattern: string): boolean {
  if (!pattern.startsWith('*.')) return host === pattern;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === pattern.slice(1);
}

function ask(
  url: URL,
  {
    credentials,
    reach,
    signal,
  }: {
    credentials?: PrometheusCredentials;
    reach: Reach;
    signal: AbortSignal;
  },
): Promise<IncomingMessage> {
  const isTls = url.protocol === 'https:';
  const lookup: LookupFunction = (hostname, options, callback) =>
    resolveName(hostname, { ...options, all: true }, (error, found) => {
      const refused = found
        ?.map(({ address }) =>
          judgeAddress(address, { url, reach, credentials }),
        )
        .find(each => each !== undefined);
      if (error || refused)
        callback(error ?? new ProblemError(refused!), '', 0);
      else if (options.all === true) callback(null, found);
      else callback(null, found[0].address, found[0].family);
    });
  return new Promise((resolve, reject) => {
    const asked = (isTls ? requestHttps : requestHttp)(url, {
      method: 'GET',
      agent: false,
      lookup,
      signal,
      headers: {
        accept: 'application/json',
        'user-agent': 'callboard',
        ...authorizationOf(credentials),
      },
      ...(isTls &&
        credentials?.caFile !== undefined && {
          ca: readFileSync(credentials.caFile),
        }),
    });
    asked.once('response', resolve);
    asked.once('error', reject);
    asked.end();
  });
}

function authorizationOf(
  credentials: PrometheusCredentials | undefined,
): Record<string, string> {
  if (credentials?.token !== undefined)
    return { authorization: `Bearer ${credentials.token}` };
  if (credentials?.username === undefined) return {};
  const { username, password = '' } = credentials;
  const pair = Buffer.from(`${username}:${password}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

const WHY: Record<string, string> = {
  ECONNREFUSED: 'nothing listens at its address',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved at the moment',
  ENOENT: 'the file of its CA is not there',
};

/** Based on codes only: messages may contain text of the other side. */
function whyOf(error: unknown, late: AbortSignal): string {
  if (late.aborted) return 'it does not answer in time';
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  return WHY[code] ?? `the connection failed${code && ` (${code})`}`;
}

function unreachable(why: string): Problem {
  return {
    code: 'prometheus-unreachable',
    what: 'Prometheus was not asked',
    why,
    next: 'The platform team checks that the portal reaches it; it is asked again by itself',
    transient: true,
  };
}

function notAllowed(why: string, next: string): Problem {
  return {
    code: 'prometheus-not-allowed',
    what: 'Prometheus was not asked',
    why,
    next,
    transient: false,
  };
}
