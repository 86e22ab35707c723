import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type Challenge,
  FRAME_TYPES,
  type Goodbye,
  type Hello,
  type Report,
  TunnelSession,
  monotonicMs,
  openSocketPipe,
  readReport,
} from '@callboard/tunnel';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { AgentRegistry } from './AgentRegistry';
import {
  type HubIdentity,
  SCOPE_RENEWAL_MS,
  acceptAgent,
  createChallenge,
  signScope,
} from './acceptAgent';
import { type Handshake, Handshakes } from './Handshakes';

export interface TunnelHubOptions {
  registry: AgentRegistry;
  identity: HubIdentity;
  /** Interval of heartbeats to each agent; 20 s when omitted. A half-open connection is cut after twice as long. */
  heartbeatMs?: number;
  /** Interval of checks whether another process revoked an agent; 2 s when omitted. */
  revocationMs?: number;
  now?: () => Date;
  /** In [0, 1): spreads the return of agents after a restart. */
  random?: () => number;
  /** Called when agents connect, disconnect and are refused. */
  onEvent?: (event: TunnelEvent) => void;
}

export type TunnelEvent =
  | { kind: 'connected'; cluster: string; agentVersion: string }
  | { kind: 'disconnected'; cluster: string; why: string }
  /** This many events of the time without a hub were added to the journal. */
  | { kind: 'reported'; cluster: string; entries: number }
  /** `cluster` is the one that it claimed to be; `why` is set when it broke the protocol. */
  | { kind: 'refused'; cluster?: string; code: string; why?: string };

/** A connected agent. */
export interface AgentLink {
  session: TunnelSession;
  /** The key that it proved to own. */
  agentKey: string;
  agentVersion: string;
  /** True when it reports that it runs in the cluster, and not outside of it. */
  runsInCluster: boolean;
  /** Start of its process, by its own clock. */
  startedAtMs?: number;
  since: Date;
  roundTripMs?: number;
}

const HEARTBEAT_MS = 20_000;
const REVOCATION_MS = 2_000; // revoked within 5 s, also by another process
const RETURN_MS = 8_000; // agents return within this time after a restart of the hub
const REPLACED_MS = 5_000; // short: the later one may be about to end
const REPLACED_UNTOLD_MS = 60_000; // two agents that report no start time would replace each other in turn
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_PONG_BYTES = 1024 * 1024; // unread by the peer, which sends pings without reading the pongs
const CLOSED = 'the connection was closed';
const BROKE = 'the connection broke';

/**
 * Accepts connections of agents. Verifies their identity, keeps one session per
 * cluster, and detects half-open ones. Holds no state that a restart would
 * lose: agents reconnect by themselves.
 */
export class TunnelHub {
  readonly #options: TunnelHubOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false, // secrets and foreign text in one compression window leak lengths
  });
  readonly #links = new Map<string, AgentLink>();
  readonly #sockets = new Set<WebSocket>();
  readonly #recording = new Set<TunnelSession>();
  readonly #timers: NodeJS.Timeout[];
  readonly #handshakes = new Handshakes();

  constructor(options: TunnelHubOptions) {
    this.#options = options;
    const { heartbeatMs = HEARTBEAT_MS, revocationMs = REVOCATION_MS } =
      options;
    this.#timers = [
      setInterval(() => this.#beat(heartbeatMs), heartbeatMs),
      setInterval(() => void this.#endRevoked(), revocationMs),
    ];
    this.#timers.forEach(timer => timer.unref());
  }

  /** Takes over the upgrade of an HTTP connection. Call it only for the agents' path. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = request.socket.remoteAddress ?? '';
    this.#server.handleUpgrade(request, socket, head, webSocket =>
      this.#receive(webSocket, socket, address),
    );
  }

  /** Returns the link of a cluster, while its agent is connected. */
  linkOf(cluster: string): AgentLink | undefined {
    return this.#links.get(cluster);
  }

  /** Clusters whose agents are connected, sorted. */
  connected(): string[] {
    return [...this.#links.keys()].sort();
  }

  /** Ends the session of a cluster whose agent was revoked. The registry must have the revocation already. */
  revoke(cluster: string): void {
    this.#dismiss(cluster, {
      kind: 'goodbye',
      reason: 'revoked',
      retryAfterMs: 3_600_000,
    });
  }

  /** Sends goodbye to every agent, each with another time to return. */
  async close(): Promise<void> {
    this.#timers.forEach(timer => clearInterval(timer));
    const { random = Math.random } = this.#options;
    for (const cluster of [...this.#links.keys()]) {
      this.#dismiss(cluster, {
        kind: 'goodbye',
        reason: 'restarting',
        retryAfterMs: Math.floor(random() * RETURN_MS),
      });
    }
    await new Promise(resolve => setImmediate(resolve));
    for (const socket of this.#sockets) socket.terminate();
  }

  #receive(socket: WebSocket, wire: Duplex, address: string): void {
    this.#sockets.add(socket);
    const handshake = this.#handshakes.begin(address, () => socket.terminate());
    const challenge = createChallenge(this.#options.identity);
    const pipe = openSocketPipe(socket, () => wire);
    const session: TunnelSession = new TunnelSession(pipe, {
      onControl: message => {
        const report = handshake.cluster && readReport(message);
        if (handshake.cluster && report)
          void this.#record(session, handshake.cluster, report);
        else if (handshake.isGreeted) session.end('said hello twice');
        else {
          handshake.isGreeted = true;
          void this.#greet(session, message, { challenge, handshake }).then(
            hello => handshake.settle(hello?.cluster),
          );
        }
      },
      onEnd: why => {
        if (!handshake.isJudged && why !== CLOSED && why !== BROKE)
          this.#options.onEvent?.({
            kind: 'refused',
            code: 'protocol-broken',
            why,
          });
        handshake.settle();
        this.#forget(session, handshake.cluster, why);
      },
    });
    socket.on('message', (data: RawData, isBinary) => {
      if (!isBinary || !Buffer.isBuffer(data))
        session.end('a message was no frame');
      else if (!handshake.cluster && data[0] !== FRAME_TYPES.control)
        session.end('a frame came before its hello');
      else session.receive(data);
    });
    // The WebSocket sends pongs by itself, and buffers them for a peer that does not read.
    socket.on('ping', () => {
      if (socket.bufferedAmount > MAX_PONG_BYTES) socket.terminate();
    });
    socket.on('error', () => session.end(BROKE));
    socket.on('close', () => {
      this.#sockets.delete(socket);
      session.end(CLOSED);
    });
    session.sendControl(challenge);
  }

  #forget(
    session: TunnelSession,
    cluster: string | undefined,
    why: string,
  ): void {
    if (cluster === undefined || this.#links.get(cluster)?.session !== session)
      return;
    this.#links.delete(cluster);
    this.#options.onEvent?.({ kind: 'disconnected', cluster, why });
  }

  async #greet(
    session: TunnelSession,
    message: unknown,
    { challenge, handshake }: Greeting,
  ) {
    const {
      registry,
      identity,
      heartbeatMs = HEARTBEAT_MS,
      onEvent,
    } = this.#options;
    const now = this.#now();
    const accepted = await acceptAgent(message, challenge, {
      registry,
      now,
    }).catch(
      () => ({ ok: false, code: 'hub-busy' } as const), // the database cannot be read at the moment
    );
    handshake.isJudged = true;
    if (!accepted.ok) {
      const { ok, ...refusal } = accepted;
      onEvent?.({ kind: 'refused', ...refusal });
      session.sendControl({ kind: 'refused', code: accepted.code });
      setImmediate(() => session.end(accepted.code));
      return undefined;
    }
    if (session.isEnded) return undefined; // it disconnected meanwhile
    const { hello } = accepted;
    const there = this.#links.get(hello.cluster);
    if (there && isEarlier(hello, there)) {
      session.sendControl(replacedBy(there));
      setImmediate(() => session.end('a newer agent replaced it'));
      return undefined;
    }
    this.#dismiss(hello.cluster, replacedBy(hello));
    this.#links.set(hello.cluster, {
      session,
      agentKey: hello.agentKey,
      agentVersion: hello.agentVersion,
      runsInCluster: hello.runsInCluster === true,
      startedAtMs: hello.startedAtMs,
      since: now,
    });
    const signed = signScope(identity, hello, now);
    session.sendControl({
      kind: 'welcome',
      protocol: hello.protocol,
      ...signed,
      heartbeatMs,
      reports: true,
    });
    this.#renewScope(session, hello);
    onEvent?.({
      kind: 'connected',
      cluster: hello.cluster,
      agentVersion: hello.agentVersion,
    });
    void this.#measure(hello.cluster);
    return hello;
  }

  /** Records an agent's reports, one at a time; the agent sends reports again until they are acknowledged. */
  async #record(
    session: TunnelSession,
    cluster: string,
    report: Report,
  ): Promise<void> {
    if (this.#recording.has(session)) return;
    this.#recording.add(session);
    const { registry, onEvent } = this.#options;
    try {
      const { sequence, recorded } = await registry.record(
        cluster,
        report,
        this.#now(),
      );
      session.sendControl({
        kind: 'reported',
        journal: report.journal,
        sequence,
      });
      if (recorded > 0)
        onEvent?.({ kind: 'reported', cluster, entries: recorded });
    } catch {
      // The database cannot be written at the moment: the agent sends it again.
    } finally {
      this.#recording.delete(session);
    }
  }

  #renewScope(session: TunnelSession, hello: Hello): void {
    const timer = setInterval(() => {
      if (this.#links.get(hello.cluster)?.session !== session)
        clearInterval(timer);
      else
        session.sendControl({
          kind: 'renewal',
          ...signScope(this.#options.identity, hello, this.#now()),
        });
    }, SCOPE_RENEWAL_MS);
    timer.unref();
  }

  #dismiss(cluster: string, goodbye: Goodbye): void {
    const link = this.#links.get(cluster);
    if (link === undefined) return;
    link.session.sendControl(goodbye);
    setImmediate(() => link.session.end(goodbye.reason));
  }

  #beat(heartbeatMs: number): void {
    const nowMs = monotonicMs();
    for (const [cluster, { session }] of this.#links) {
      if (nowMs - session.heardAtMs > heartbeatMs * 2)
        session.end('the agent stopped answering');
      else void this.#measure(cluster);
    }
  }

  async #measure(cluster: string): Promise<void> {
    const link = this.#links.get(cluster);
    if (link !== undefined) link.roundTripMs = await link.session.ping();
  }

  async #endRevoked(): Promise<void> {
    const connected = [...this.#links].map(([cluster, { agentKey }]) => ({
      cluster,
      agentKey,
    }));
    if (connected.length === 0) return;
    const revoked = await this.#options.registry
      .findRevoked(connected)
      .catch(() => []); // retried in a moment
    for (const cluster of revoked) this.revoke(cluster);
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}

interface Greeting {
  challenge: Challenge;
  handshake: Handshake;
}

type Started = Pick<AgentLink, 'startedAtMs'>;

/**
 * A process that still runs beside its successor stays disconnected while that
 * one is connected. The same process that dials again is not an earlier one.
 */
function isEarlier(one: Started, other: Started): boolean {
  return (
    one.startedAtMs !== undefined &&
    other.startedAtMs !== undefined &&
    one.startedAtMs < other.startedAtMs
  );
}

/** Returns the goodbye for an agent that another one replaces. */
function replacedBy({ startedAtMs }: Started): Goodbye {
  return {
    kind: 'goodbye',
    reason: 'replaced',
    retryAfterMs: startedAtMs === undefined ? REPLACED_UNTOLD_MS : REPLACED_MS,
  };
}
