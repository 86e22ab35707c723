import type {
  AgentRecord,
  AgentRegistry,
  JoinOutcome,
  RecordedReport,
} from '@callboard/plugin-callboard-clusters-node';
import {
  API_VERSION,
  type ClusterFile,
} from '@callboard/plugin-callboard-common';
import type { AgentEventEntry, Report } from '@callboard/tunnel';

/** Registrations for as long as a test lasts. */
export class MemoryAgentRegistry implements AgentRegistry {
  readonly #records = new Map<string, AgentRecord>();
  /** All that agents told, as a record would keep it. */
  readonly reported: AgentEventEntry[] = [];
  #journal = '';
  #sequence = 0;

  register(cluster: string, tokenHash: string, tokenExpiresAt: Date): void {
    const file: ClusterFile = {
      apiVersion: API_VERSION,
      kind: 'Cluster',
      metadata: { name: cluster },
      spec: {},
    };
    this.#records.set(cluster, {
      state: 'registered',
      file,
      tokenHash,
      tokenExpiresAt,
      registeredAt: new Date(),
    });
  }

  revoke(cluster: string): void {
    const record = this.#records.get(cluster)!;
    this.#records.set(cluster, {
      ...record,
      state: 'revoked',
      revokedAt: new Date(),
    });
  }

  async find(cluster: string): Promise<AgentRecord | undefined> {
    return this.#records.get(cluster);
  }

  async list(): Promise<AgentRecord[]> {
    return [...this.#records.values()];
  }

  async join(
    request: { cluster: string; tokenHash: string; agentKey: string },
    now: Date,
  ): Promise<JoinOutcome> {
    const record = this.#records.get(request.cluster);
    if (record === undefined || record.state === 'revoked')
      return 'agent-unknown';
    if (record.tokenHash !== request.tokenHash) return 'token-wrong';
    if (record.state === 'joined')
      return record.agentKey === request.agentKey ? 'joined' : 'token-used';
    if (now > record.tokenExpiresAt) return 'token-expired';
    this.#records.set(request.cluster, {
      ...record,
      state: 'joined',
      agentKey: request.agentKey,
      joinedAt: now,
    });
    return 'joined';
  }

  async findRevoked(
    agents: ReadonlyArray<{ cluster: string; agentKey: string }>,
  ): Promise<string[]> {
    return agents
      .filter(({ cluster, agentKey }) => {
        const record = this.#records.get(cluster);
        return record?.state !== 'joined' || record.agentKey !== agentKey;
      })
      .map(({ cluster }) => cluster);
  }

  async record(_cluster: string, report: Report): Promise<RecordedReport> {
    if (report.journal !== this.#journal) this.#sequence = 0;
    this.#journal = report.journal;
    const fresh = report.entries.filter(
      ({ sequence }) => sequence > this.#sequence,
    );
    this.reported.push(...fresh);
    this.#sequence = Math.max(
      this.#sequence,
      report.entries.at(-1)?.sequence ?? 0,
    );
    return { sequence: this.#sequence, recorded: fresh.length };
  }
}
