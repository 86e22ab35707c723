import { lookup as resolveName } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { type LookupFunction, isIP } from 'node:net';
import { Readable } from 'node:stream';
import {
  type Reach,
  isLoopbackAddress,
  isNearAddress,
  isRefusedAddress,
  isSharedAddress,
  isWithin,
} from '@callboard/plugin-callboard-node';

const IDLE_MS = 5_000;
const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const WITHOUT_BODY = new Set([204, 205, 304]);

export interface RegistryCall {
  method: string;
  headers: Record<string, string>;
  body?: BodyInit;
  signal: AbortSignal;
}

/** A registry named an address to which the portal does not connect. */
export class AddressRefusedError extends Error {}

/**
 * Sends requests for one registry. Its responses may name other addresses (to
 * sign in, to upload to, to read a layer from), which the platform did not
 * configure: metadata and link-local addresses are refused, private ones are
 * allowed only if the registry has one itself, and loopback only if the
 * registry is there. The addresses of a name are checked at every connection
 * and redirect.
 */
export class RegistryHttp {
  readonly #base: URL;
  readonly #allowHttp: boolean;
  readonly #agents = new Map<string, http.Agent>();
  /** Address range of the registry's last response. */
  #reach: Reach = 'public';

  constructor(base: string, options: { allowHttp: boolean }) {
    this.#base = new URL(base);
    this.#allowHttp = options.allowHttp;
  }

  /**
   * Follows redirects of GET and HEAD, without the authorization when they lead
   * to another origin. Rejects when there is no response.
   */
  async send(address: URL, call: RegistryCall): Promise<Response> {
    let url = address;
    let { headers } = call;
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.#sendOnce(url, { ...call, headers });
      const { location } = answer.headers;
      const isFollowed =
        REDIRECTS.has(answer.statusCode ?? 0) &&
        location !== undefined &&
        (call.method === 'GET' || call.method === 'HEAD');
      if (!isFollowed) return toResponse(answer, call.method);
      answer.resume();
      if (redirects >= MOST_REDIRECTS || !URL.canParse(location, url))
        throw new AddressRefusedError('it redirects without an end');
      const next = new URL(location, url);
      if (next.origin !== url.origin) {
        const { authorization, ...rest } = headers;
        headers = rest;
      }
      url = next;
    }
  }

  #sendOnce(url: URL, call: RegistryCall): Promise<http.IncomingMessage> {
    const isSecure = url.protocol === 'https:';
    if (!isSecure && !(url.protocol === 'http:' && this.#allowHttp))
      throw new AddressRefusedError(
        'it names an address that is not safe to send to',
      );
    const isOwn = url.host === this.#base.host;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const reach = isOwn ? 'loopback' : this.#reach;
    if (isIP(host) !== 0 && !isWithin(host, reach)) throw refused(host);
    return new Promise((resolve, reject) => {
      const request = (isSecure ? https : http).request(url, {
        method: call.method,
        headers: call.headers,
        signal: call.signal,
        // Kept connections belong to one address range: those of another were checked by
        // other rules.
        agent: this.#agentFor(url.protocol, isOwn),
        lookup: lookupWithin(reach),
      });
      request.on('error', reject);
      request.on('response', answer => {
        if (isOwn) this.#reach = reachOf(answer.socket.remoteAddress);
        resolve(answer);
      });
      sendBody(request, call.body);
    });
  }

  #agentFor(protocol: string, isOwn: boolean): http.Agent {
    const key = `${protocol} ${isOwn ? 'own' : this.#reach}`;
    const known = this.#agents.get(key);
    if (known) return known;
    const options = { keepAlive: true, timeout: IDLE_MS };
    const agent =
      protocol === 'https:'
        ? new https.Agent(options)
        : new http.Agent(options);
    this.#agents.set(key, agent);
    return agent;
  }
}

function sendBody(
  request: http.ClientRequest,
  body: BodyInit | undefined,
): void {
  if (body === undefined || typeof body === 'string') request.end(body);
  else if (body instanceof Uint8Array) request.end(body);
  else {
    const source = Readable.fromWeb(
      new Response(body).body as Parameters<typeof Readable.fromWeb>[0],
    );
    source.on('error', error => request.destroy(error));
    request.on('close', () => source.destroy());
    source.pipe(request);
  }
}

function toResponse(answer: http.IncomingMessage, method: string): Response {
  const status = answer.statusCode ?? 0;
  const hasBody = method !== 'HEAD' && !WITHOUT_BODY.has(status);
  if (!hasBody) answer.resume();
  return new Response(
    hasBody ? (Readable.toWeb(answer) as ReadableStream<Uint8Array>) : null,
    {
      status,
      headers: Object.entries(answer.headers).flatMap(
        ([name, value]): Array<[string, string]> =>
          value === undefined ? [] : [[name, [value].flat().join(', ')]],
      ),
    },
  );
}

function reachOf(address = ''): Reach {
  if (isLoopbackAddress(address)) return 'loopback';
  return isNearAddress(address) || isSharedAddress(address)
    ? 'private'
    : 'public';
}

/** Checks every address of a name before connecting to one. */
function lookupWithin(reach: Reach): LookupFunction {
  return (hostname, options, callback) =>
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const bad = addresses.find(({ address }) => !isWithin(address, reach));
      if (bad) callback(refused(bad.address), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, addresses[0].address, addresses[0].family);
    });
}

function refused(address: string): AddressRefusedError {
  return new AddressRefusedError(
    `it leads to ${address}, which is ${
      isRefusedAddress(address)
        ? 'an address of no registry'
        : 'private, and the registry is not'
    }`,
  );
}
