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
  /** How often each agent is asked for a sign of life; 20 s when omitted. Half open for twice as long: cut. */
  heartbeatMs?: number;
  /** How often it is looked whether an agent was revoked by another process; 2 s when omitted. */
  revocationMs?: number;
  now?: () => Date;
  /** In [0, 1): spreads the return of agents after a restart. */
  random?: () => number;
  /** Tells of agents that come and go, and whom it refused. */
  onEvent?: (event: TunnelEvent) => void;
}

export type TunnelEvent =
  | { kind: 'connected'; cluster: string; agentVersion: string }
  | { kind: 'disconnected'; cluster: string; why: string }
  /** So many events of the time without a hub are in the record now. */
  | { kind: 'reported'; cluster: string; entries: number }
  /** `cluster` is what it said that it is; `why` is there where it spoke no protocol of ours. */
  | { kind: 'refused'; cluster?: string; code: string; why?: string };

/** An agent that is connected. */
export interface AgentLink {
  session: TunnelSession;
  /** The key it proved to have. */
  agentKey: string;
  agentVersion: string;
  /** Whether it says that it runs in the cluster, and not somewhere beside it. */
  runsInCluster: boolean;
  /** When its process started, by its own clock. */
  startedAtMs?: number;
  since: Date;
  roundTripMs?: number;
}

const HEARTBEAT_MS = 20_000;
const REVOCATION_MS = 2_000; // revoked within 5 s, also when another process was told
const RETURN_MS = 8_000; // agents of a hub that restarts come back spread over this
const REPLACED_MS = 5_000; // soon: the later one may be about to end
const REPLACED_UNTOLD_MS = 60_000; // two that do not say when they started would push each other out
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_PONG_BYTES = 1024 * 1024; // unread: who asks for signs of life reads them
const CLOSED = 'the connection was closed';
const BROKE = 'the connection broke';

/**
 * Where agents dial in. Proves who they are, keeps one session per cluster, and
 * notices when one is half open. Holds no state that a restart would lose:
 * agents come back by themselves.
 */
export class TunnelHub {
  readonly #options: TunnelHubOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false, // secrets and text of others in one compression window leak lengths
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

  /** Takes over an HTTP connection that asks to be upgraded. Give it only those for the agents' path. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = request.socket.remoteAddress ?? '';
    this.#server.handleUpgrade(request, socket, head, webSocket =>
      this.#receive(webSocket, socket, address),
    );
  }

  /** The link of a cluster, while its agent is connected. */
  linkOf(cluster: string): AgentLink | undefined {
    return this.#links.get(cluster);
  }

  /** Clusters whose agents are connected, sorted. */
  connected(): string[] {
    return [...this.#links.keys()].sort();
  }

  /** Ends the session of a cluster whose agent was revoked. The registry must say so already. */
  revoke(cluster: string): void {
    this.#dismiss(cluster, {
      kind: 'goodbye',
      reason: 'revoked',
      retryAfterMs: 3_600_000,
    });
  }

  /** Says goodbye to everybody, with a time to come back that differs. */
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
    // Answered by the WebSocket itself, and kept for who does not read it.
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
      () => ({ ok: false, code: 'hub-busy' } as const), // the record cannot be read at the moment
    );
    handshake.isJudged = true;
    if (!accepted.ok) {
      const { ok, ...refusal } = accepted;
      onEvent?.({ kind: 'refused', ...refusal });
      session.sendControl({ kind: 'refused', code: accepted.code });
      setImmediate(() => session.end(accepted.code));
      return undefined;
    }
    if (session.isEnded) return undefined; // it went away while it was judged
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

  /** Records what an agent tells, one report at a time; what is not acknowledged comes again. */
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
      // The record cannot be written at the moment: the agent says it again.
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
      .catch(() => []); // asked again in a moment
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
 * A process that runs beside its successor for a moment stays away while that
 * one is connected. The same process that dials again is no earlier one.
 */
function isEarlier(one: Started, other: Started): boolean {
  return (
    one.startedAtMs !== undefined &&
    other.startedAtMs !== undefined &&
    one.startedAtMs < other.startedAtMs
  );
}

/** What the one that is not kept is told. */
function replacedBy({ startedAtMs }: Started): Goodbye {
  return {
    kind: 'goodbye',
    reason: 'replaced',
    retryAfterMs: startedAtMs === undefined ? REPLACED_UNTOLD_MS : REPLACED_MS,
  };
}
