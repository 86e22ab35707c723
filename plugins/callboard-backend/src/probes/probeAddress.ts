import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ProbeReading } from '@callboard/plugin-callboard-core';
import { type Reach, isWithin } from '@callboard/plugin-callboard-node';

const DEADLINE_MS = 10_000; // of each connection, to the first bytes of the response
const MOST_HEADER_BYTES = 16 * 1024; // the body is not read
const MOST_DIALS = 2; // a name may have many addresses

export interface ProbeOptions {
  /** Addresses that may be dialled, whatever the name resolves to. */
  reach: Reach;
  /** Returns all addresses of a name; empty where the name does not exist. Throws where no server responded. */
  resolve(host: string): Promise<readonly string[]>;
  deadlineMs?: number;
  signal: AbortSignal;
  /** Certificates to trust in place of the public ones. */
  ca?: string;
}

/**
 * Probes an address: resolves the name once, dials only the resolved addresses,
 * and sends one request without credentials. Follows no redirect and reads no
 * body. Nothing of the response is stored.
 *
 * Never throws: every failure is a reading.
 */
export async function probeAddress(
  address: string,
  options: ProbeOptions,
): Promise<ProbeReading> {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  let found: readonly string[];
  try {
    found = isIP(host) === 0 ? await options.resolve(host) : [host];
  } catch {
    return { kind: 'unknown' };
  }
  if (found.length === 0) return { kind: 'failed', state: 'unresolved' };
  // Dials the address that was checked: resolving again could return another one.
  const allowed = found.filter(each => isWithin(each, options.reach));
  if (allowed.length === 0) return { kind: 'failed', state: 'out-of-reach' };
  let reading: ProbeReading = { kind: 'unknown' };
  for (const each of allowed.slice(0, MOST_DIALS)) {
    reading = await dial(url, { host, address: each }, options);
    if (reading.kind === 'answered' || options.signal.aborted) break;
  }
  return options.signal.aborted ? { kind: 'unknown' } : reading;
}

function dial(
  url: URL,
  { host, address }: { host: string; address: string },
  { signal, ca, deadlineMs = DEADLINE_MS }: ProbeOptions,
): Promise<ProbeReading> {
  const isTls = url.protocol === 'https:';
  const from = performance.now();
  return new Promise(resolve => {
    let asked: ClientRequest | undefined;
    let certificateEndsAt: Date | undefined;
    const end = (reading: ProbeReading) => {
      resolve(reading);
      asked?.destroy();
    };
    const silent: ProbeReading = { kind: 'failed', state: 'silent' };
    const late = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
    late.addEventListener('abort', () => end(silent), { once: true });
    try {
      asked = (isTls ? requestHttps : requestHttp)({
        host: address,
        port: url.port || (isTls ? 443 : 80),
        path: url.pathname,
        method: 'GET',
        headers: {
          host: url.host,
          'user-agent': 'callboard-probe',
          accept: '*/*',
          connection: 'close',
        },
        agent: false,
        maxHeaderSize: MOST_HEADER_BYTES,
        ...(isTls && {
          ...(isIP(host) === 0 && { servername: host }),
          ...(ca !== undefined && { ca }),
        }),
      });
    } catch {
      end(silent);
      return;
    }
    asked.once('socket', socket => {
      socket.once('secureConnect', () => {
        certificateEndsAt = endOf(socket as TLSSocket);
      });
    });
    asked.once('response', ({ statusCode = 0 }) =>
      end({
        kind: 'answered',
        ms: Math.round(performance.now() - from),
        status: statusCode,
        ...(certificateEndsAt && { certificateEndsAt }),
      }),
    );
    asked.once('upgrade', (_, socket) => {
      socket.destroy();
      end({ kind: 'failed', state: 'no-http' });
    });
    asked.on('error', error => end(readFault(error)));
    asked.once('close', () => end(silent));
    asked.end();
  });
}

function endOf(socket: TLSSocket): Date | undefined {
  const { valid_to: until } = socket.getPeerCertificate();
  const at = until === undefined ? NaN : Date.parse(until);
  return Number.isFinite(at) ? new Date(at) : undefined;
}

const UNTRUSTED =
  /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|INVALID_|PATH_LENGTH_|HOSTNAME_)/;

/** Classifies an error by the code of Node.js only: messages may contain text of the other side. */
function readFault(error: Error): ProbeReading {
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  const failed = (
    state: Extract<ProbeReading, { kind: 'failed' }>['state'],
  ): ProbeReading => ({ kind: 'failed', state });
  if (code === 'ECONNREFUSED') return failed('refuses');
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID')
    return failed('certificate-expired');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return failed('certificate-of-other-host');
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return failed('no-tls');
  if (code.startsWith('HPE_')) return failed('no-http');
  if (UNTRUSTED.test(code)) return failed('certificate-untrusted');
  return failed('silent');
}
