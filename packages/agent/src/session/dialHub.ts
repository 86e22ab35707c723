import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  type Challenge,
  type Goodbye,
  MAX_FRAME_BYTES,
  PROTOCOL,
  PURPOSES,
  type Report,
  type Reported,
  type Scope,
  type TunnelRequest,
  type TunnelResponse,
  TunnelSession,
  type Welcome,
  helloText,
  isSignedBy,
  monotonicMs,
  openSocketPipe,
  readFromHub,
  readScope,
  signText,
} from '@callboard/tunnel';
import { type RawData, WebSocket } from 'ws';
import type { Proxy } from '../proxy/findProxy';
import { ProxyError, openThroughProxy } from '../proxy/openThroughProxy';
import { describeFailure } from './describeFailure';

export interface HubAddress {
  /** `wss://portal.example/api/callboard/agents/connect`. */
  url: string;
  /** The hub's public key, from the install manifest: the agent accepts no other hub. */
  hubKey: string;
  /** PEM, for a hub whose certificate is signed by a CA that is not publicly trusted. */
  ca?: string;
  /** Set where connections out of the cluster go through a proxy. */
  proxy?: Proxy;
}

export interface AgentIdentity {
  cluster: string;
  privateKey: string;
  publicKey: string;
  version: string;
  /** Whether it runs in a pod of the cluster. */
  runsInCluster?: boolean;
  /** Start of this process: of two agents of one cluster the hub keeps the later one. */
  startedAtMs?: number;
  joinToken?: string;
}

/** The end of a session, and when the hub asked to reconnect. */
export interface SessionEnd {
  why: string;
  wasWelcome: boolean;
  /**
   * `away`: no hub decides. `refused`: a hub is there and refuses this agent,
   * or another agent has replaced it. `revoked`: sent by the hub that had
   * welcomed it.
   */
  standing: 'away' | 'refused' | 'revoked';
  /** Undefined: the agent's own back-off decides. */
  retryAfterMs?: number;
}

export interface DialOptions {
  signal: AbortSignal;
  /** Time within which the welcome has to arrive. */
  patienceMs: number;
  /** Handles requests; `scope` is the one that the hub signed last. */
  onRequest(request: TunnelRequest, scope: Scope): Promise<TunnelResponse>;
  /** `notify` sends a report; undefined where the hub does not accept reports yet. */
  onWelcome?: (notify: ((report: Report) => void) | undefined) => void;
  /** The hub has recorded a report. */
  onReported?: (reported: Reported) => void;
}

const REFUSED_PAUSE_MS = 60_000; // a refusal does not change within seconds

function sayHello(challenge: Challenge, identity: AgentIdentity): unknown {
  const {
    cluster,
    publicKey: agentKey,
    version: agentVersion,
    joinToken,
    privateKey,
    runsInCluster,
    startedAtMs,
  } = identity;
  const hello = {
    protocol: PROTOCOL,
    cluster,
    agentKey,
    agentVersion,
    ...(runsInCluster !== undefined && { runsInCluster }),
    ...(startedAtMs !== undefined && { startedAtMs }),
    ...(joinToken !== undefined && { joinToken }),
  };
  const signature = signText(
    privateKey,
    PURPOSES.hello,
    helloText(challenge, hello),
  );
  return { kind: 'hello', ...hello, signature };
}

/** Returns the scope if the hub's key signed it for this agent and this cluster. */
function openScope(
  {
    scope: text,
    scopeSignature: signature,
  }: Pick<Welcome, 'scope' | 'scopeSignature'>,
  hubKey: string,
  identity: AgentIdentity,
): Scope | undefined {
  if (!isSignedBy(hubKey, { purpose: PURPOSES.scope, text, signature }))
    return undefined;
  const scope = readScope(text);
  return scope?.cluster === identity.cluster &&
    scope.agentKey === identity.publicKey
    ? scope
    : undefined;
}

/**
 * Sets the mask to zeros. Masks prevent scripts in browsers from sending bytes
 * that an intermediate proxy reads as HTTP (RFC 6455, 10.3). TLS already
 * prevents that, and masking byte by byte was a third of the agent's cost of a
 * long response.
 */
function leaveUnmasked(mask: Buffer): void {
  mask.fill(0);
}

/**
 * Ends a session without pings: an agent that receives nothing for two
 * heartbeats has lost the hub, even if its socket is open.
 */
function watchSilence(
  session: TunnelSession,
  heartbeatMs: number,
): NodeJS.Timeout {
  return setInterval(() => {
    if (monotonicMs() - session.heardAtMs > heartbeatMs * 2)
      session.end('the hub stopped answering');
  }, heartbeatMs / 4);
}

/** One session with the hub, from dialing to its end. */
class HubSession {
  readonly #hub: HubAddress;
  readonly #identity: AgentIdentity;
  readonly #options: DialOptions;
  readonly #onEnd: (end: SessionEnd) => void;
  readonly #socket: WebSocket;
  readonly #session: TunnelSession;
  readonly #late: NodeJS.Timeout;
  readonly #abort = () => this.#end('the agent stops');
  #challenge: Challenge | undefined;
  #scope: Scope | undefined;
  #retryAfterMs: number | undefined;
  #standing: SessionEnd['standing'] = 'away';
  #watchdog: NodeJS.Timeout | undefined;

  constructor(
    {
      hub,
      identity,
      options,
      way,
    }: {
      hub: HubAddress;
      identity: AgentIdentity;
      options: DialOptions;
      /** A connection that is already open. */
      way?: Socket;
    },
    onEnd: (end: SessionEnd) => void,
  ) {
    this.#hub = hub;
    this.#identity = identity;
    this.#options = options;
    this.#onEnd = onEnd;
    this.#socket = new WebSocket(hub.url, {
      ca: hub.ca,
      handshakeTimeout: options.patienceMs,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
      followRedirects: false,
      ...(way && { createConnection: () => way }),
      ...(hub.url.startsWith('wss:') && { generateMask: leaveUnmasked }),
    });
    let wire: Duplex | undefined;
    this.#socket.once('upgrade', response => {
      wire = response.socket;
    });
    const pipe = openSocketPipe(this.#socket, () => wire);
    this.#session = new TunnelSession(pipe, {
      onControl: message => this.#takeControl(message),
      onRequest: async request => {
        if (this.#scope === undefined) throw new Error('no scope yet');
        return options.onRequest(request, this.#scope);
      },
      onEnd: why => this.#cleanUp(why),
    });
    this.#late = setTimeout(
      () => this.#end('the handshake took too long'),
      options.patienceMs,
    );
    this.#listen();
  }

  #listen(): void {
    this.#socket.on('message', (data: RawData, isBinary) => {
      if (isBinary && Buffer.isBuffer(data)) this.#session.receive(data);
      else this.#end('a message was no frame');
    });
    this.#socket.on('error', error => this.#end(describeFailure(error)));
    this.#socket.on('close', () => this.#end('the connection was closed'));
    this.#options.signal.addEventListener('abort', this.#abort, { once: true });
    if (this.#options.signal.aborted) this.#abort();
  }

  #end(why: string): void {
    this.#session.end(why);
  }

  #cleanUp(why: string): void {
    clearTimeout(this.#late);
    clearInterval(this.#watchdog);
    this.#options.signal.removeEventListener('abort', this.#abort);
    this.#socket.terminate();
    const wasWelcome = this.#scope !== undefined;
    this.#onEnd({
      why,
      wasWelcome,
      standing: this.#standing,
      ...(this.#retryAfterMs !== undefined && {
        retryAfterMs: this.#retryAfterMs,
      }),
    });
  }

  #takeControl(message: unknown): void {
    const said = readFromHub(message);
    switch (said?.kind) {
      case 'challenge':
        this.#takeChallenge(said);
        return;
      case 'welcome':
        if (!this.#takeScope(said)) return;
        clearTimeout(this.#late);
        clearInterval(this.#watchdog);
        this.#watchdog = watchSilence(this.#session, said.heartbeatMs);
        this.#options.onWelcome?.(
          said.reports
            ? report => this.#session.sendControl(report)
            : undefined,
        );
        return;
      case 'reported':
        this.#options.onReported?.(said);
        return;
      case 'renewal':
        this.#takeScope(said);
        return;
      case 'refused':
        this.#retryAfterMs = said.retryAfterMs ?? REFUSED_PAUSE_MS;
        if (said.code !== 'hub-busy') this.#standing = 'refused';
        this.#end(`the hub refuses: ${said.code}`);
        return;
      case 'goodbye':
        this.#retryAfterMs = said.retryAfterMs;
        this.#standing = this.#standingAfter(said);
        this.#end(`the hub closed the connection: ${said.reason}`);
        return;
      default:
        this.#end('the hub said something unknown');
    }
  }

  #standingAfter({ reason }: Goodbye): SessionEnd['standing'] {
    if (reason === 'restarting') return 'away';
    const isProven = this.#scope !== undefined; // only a hub that proved its key may remove the desired state
    return reason === 'revoked' && isProven ? 'revoked' : 'refused';
  }

  #takeChallenge(challenge: Challenge): void {
    if (
      this.#challenge !== undefined ||
      challenge.hubKey !== this.#hub.hubKey
    ) {
      this.#end('the hub is not the one this agent belongs to');
      return;
    }
    this.#challenge = challenge;
    this.#session.sendControl(sayHello(challenge, this.#identity));
  }

  #takeScope(signed: Pick<Welcome, 'scope' | 'scopeSignature'>): boolean {
    const scope = openScope(signed, this.#hub.hubKey, this.#identity);
    if (scope === undefined || this.#challenge === undefined) {
      this.#end('the hub did not sign for this agent');
      return false;
    }
    this.#scope = scope;
    return true;
  }
}

/** Dials the hub and keeps the session until it ends. Never throws. */
export async function dialHub(
  hub: HubAddress,
  identity: AgentIdentity,
  options: DialOptions,
): Promise<SessionEnd> {
  const way = await findWay(hub, options);
  if (way instanceof ProxyError)
    return { why: way.message, wasWelcome: false, standing: 'away' };
  return new Promise(
    resolve => void new HubSession({ hub, identity, options, way }, resolve),
  );
}

/** Opens the connection through a proxy, where there is one. */
async function findWay(
  { proxy, ...to }: HubAddress,
  { signal, patienceMs }: Pick<DialOptions, 'signal' | 'patienceMs'>,
): Promise<Socket | ProxyError | undefined> {
  if (!proxy) return undefined;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  return openThroughProxy(proxy, to, inTime).catch(error =>
    error instanceof ProxyError ? error : new ProxyError(String(error)),
  );
}
