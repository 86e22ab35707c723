import http from 'node:http';
import https from 'node:https';
import type { SignedIn } from './signin/SignIn';

export const KEEP_ALIVE_MS = 15_000; // probes of idle connections: a peer that vanished is noticed by the kernel
const MAX_SOCKETS = 64; // each watch holds one

/** Connections to one server, made with one CA and one client certificate. */
export class ServerPool {
  readonly agent: http.Agent;
  readonly #signed: SignedIn;

  constructor(protocol: string, signed: SignedIn) {
    this.#signed = signed;
    const pool = {
      keepAlive: true,
      keepAliveMsecs: KEEP_ALIVE_MS,
      maxSockets: MAX_SOCKETS,
      maxFreeSockets: 4,
    };
    this.agent =
      protocol === 'https:'
        ? new https.Agent({
            ...pool,
            ca: signed.ca,
            cert: signed.certificate,
            key: signed.key,
            servername: signed.tlsServerName,
            rejectUnauthorized: signed.skipTLSVerify !== true,
            minVersion: 'TLSv1.2',
          })
        : new http.Agent(pool);
  }

  /** Tokens may differ: they are of requests, not of connections. */
  isOf(signed: SignedIn): boolean {
    return (
      signed === this.#signed ||
      (isSame(signed.ca, this.#signed.ca) &&
        isSame(signed.certificate, this.#signed.certificate) &&
        isSame(signed.key, this.#signed.key) &&
        signed.tlsServerName === this.#signed.tlsServerName &&
        signed.skipTLSVerify === this.#signed.skipTLSVerify)
    );
  }

  /** What is under way goes on, and then its connection is closed. */
  retire(): void {
    Object.assign(this.agent, { keepAlive: false });
    for (const sockets of Object.values(this.agent.freeSockets))
      for (const socket of sockets ?? []) socket.destroy();
  }

  isIdle(): boolean {
    return Object.keys(this.agent.sockets).length === 0;
  }
}

function isSame(
  one: string | Buffer | undefined,
  other: string | Buffer | undefined,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  return typeof one === 'string' && typeof other === 'string'
    ? one === other
    : Buffer.from(one).equals(Buffer.from(other));
}
