import http from 'node:http';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import {
  type TunnelEvent,
  TunnelHub,
  type TunnelHubOptions,
  agentSource,
  createJoinToken,
  openConnection,
} from '@callboard/plugin-callboard-clusters-node';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { SimFleet } from '@callboard/sim';
import { generateKeys } from '@callboard/tunnel';
import { ApiServer } from '../api/ApiServer';
import { type AgentOptions, runAgent } from '../runAgent';
import { MemoryAgentRegistry } from './MemoryAgentRegistry';

const API_TOKEN = 'of-the-simulated-cluster';
export const CLUSTER = 'edge-1';

/** Passes bytes on until it is cut; then they go nowhere and nothing is refused. Mended, what was on its way arrives late. */
class Link {
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #target: () => number = () => 0;
  readonly #server = createServer(near =>
    this.#join(near, connect(this.#target(), '127.0.0.1')),
  );

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async listen(target: () => number): Promise<void> {
    this.#target = target;
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  mend(): void {
    this.#isCut = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      this.#sockets.add(from);
      from.on('data', chunk => to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#sockets.delete(from);
        if (!this.#isCut) to.destroy();
      });
      if (this.#isCut) from.pause();
    }
  }
}

/** A hub, a link that can be cut, and one simulated cluster that only its agent reaches. */
export class TunnelStory {
  readonly registry = new MemoryAgentRegistry();
  readonly identity = generateKeys();
  readonly events: TunnelEvent[] = [];
  readonly lines: string[] = [];
  readonly #stops: Array<() => Promise<void>> = [];
  readonly #link = new Link();
  #hub: TunnelHub | undefined;
  #server: http.Server | undefined;
  #fleet: SimFleet | undefined;
  #hubPort = 0;

  static async open(
    options: Partial<TunnelHubOptions> = {},
  ): Promise<TunnelStory> {
    const story = new TunnelStory();
    story.#fleet = await SimFleet.listen();
    story.#fleet.addCluster({ name: CLUSTER, nodes: [], token: API_TOKEN });
    await story.startHub(options);
    await story.#link.listen(() => story.#hubPort);
    return story;
  }

  get hub(): TunnelHub {
    return this.#hub!;
  }

  get hubUrl(): string {
    return `ws://127.0.0.1:${this.#link.port}/agents`;
  }

  /** Without the link, which takes more than its other side reads. */
  get directUrl(): string {
    return `ws://127.0.0.1:${this.#hubPort}/agents`;
  }

  async startHub(options: Partial<TunnelHubOptions> = {}): Promise<void> {
    const { registry, identity } = this;
    const hub = new TunnelHub({
      registry,
      identity,
      heartbeatMs: 200,
      revocationMs: 100,
      random: () => 0,
      onEvent: event => void this.events.push(event),
      ...options,
    });
    const server = http.createServer((_, response) =>
      response.writeHead(404).end(),
    );
    server.on('upgrade', (request, socket, head) =>
      hub.handleUpgrade(request, socket, head),
    );
    await new Promise<void>(resolve =>
      server.listen(this.#hubPort, '127.0.0.1', resolve),
    );
    this.#hubPort = (server.address() as AddressInfo).port;
    this.#hub = hub;
    this.#server = server;
  }

  async stopHub(): Promise<void> {
    await this.#hub?.close();
    this.#server?.closeAllConnections();
    await new Promise(resolve => this.#server?.close(resolve));
  }

  /** Registers the cluster; the token that lets one agent in. */
  register(expiresAt = new Date(Date.now() + 60_000)): string {
    const { token, tokenHash } = createJoinToken();
    this.registry.register(CLUSTER, tokenHash, expiresAt);
    return token;
  }

  /** Starts an agent; `keys` stand for what it kept on its disk. */
  startAgent(
    joinToken: string | undefined,
    options: Partial<AgentOptions> & {
      keys?: { privateKey: string; publicKey: string };
      hubKey?: string;
      startedAtMs?: number;
    } = {},
  ) {
    const keys = options.keys ?? generateKeys();
    const stop = new AbortController();
    const api = options.api ?? this.openApi();
    const done = runAgent(
      {
        hub: {
          url: this.hubUrl,
          hubKey: options.hubKey ?? this.identity.publicKey,
        },
        identity: {
          cluster: CLUSTER,
          ...keys,
          version: '0.1.0',
          ...(options.startedAtMs !== undefined && {
            startedAtMs: options.startedAtMs,
          }),
          ...(joinToken !== undefined && { joinToken }),
        },
        api,
        log: line => void this.lines.push(line),
        backOff: { firstMs: 20, maxMs: 100 },
        graceMs: 50,
        soonMs: 20,
        ...options,
      },
      stop.signal,
    );
    const end = async () => {
      stop.abort();
      await done;
      api.close();
    };
    this.#stops.push(end);
    /** Takes its connections away and waits for nothing. */
    const kill = () => {
      stop.abort();
      this.#stops.splice(this.#stops.indexOf(end), 1);
    };
    return { keys, end, kill };
  }

  /** What somebody does on the cluster beside Callboard; the status it answers. */
  async byHand(
    method: string,
    path: string,
    { body, contentType }: { body?: unknown; contentType?: string } = {},
  ): Promise<{ status: number; object: KubeObject }> {
    const response = await fetch(`${this.#fleet!.urlOf(CLUSTER)}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${API_TOKEN}`,
        'content-type': contentType ?? 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      object: (await response.json()) as KubeObject,
    };
  }

  /** A connection to the cluster's API server as an agent has it. */
  openApi(): ApiServer {
    return new ApiServer({
      server: this.#fleet!.urlOf(CLUSTER),
      readToken: async () => API_TOKEN,
    });
  }

  /** The cluster as the control plane uses it. */
  async connect(): Promise<ClusterConnection> {
    const [registered] = await agentSource(
      this.hub,
      this.registry,
    ).listClusters();
    const connection = openConnection(registered);
    this.#stops.push(() => connection.close());
    return connection;
  }

  cutLink(): void {
    this.#link.cut();
  }

  mendLink(): void {
    this.#link.mend();
  }

  async close(): Promise<void> {
    await Promise.all(this.#stops.map(stop => stop()));
    await this.stopHub();
    await this.#link.close();
    await this.#fleet?.close();
  }
}
