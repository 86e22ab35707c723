import type {
  AgentRecord,
  AgentRegistry,
  JoinOutcome,
  RecordedReport,
} from '@callboard/plugin-callboard-clusters-node';
import type { Knex } from 'knex';
import type { Report } from '@callboard/tunnel';
import { findAgent, findAgents } from './findAgents';
import { findRevokedAgents } from './findRevokedAgents';
import { joinAgent } from './joinAgent';
import { recordReport } from './recordReport';

/** Agent registrations in the database; every process on that database sees the same. */
export class KnexAgentRegistry implements AgentRegistry {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  find(cluster: string): Promise<AgentRecord | undefined> {
    return findAgent(this.#knex, cluster);
  }

  list(): Promise<AgentRecord[]> {
    return findAgents(this.#knex);
  }

  join(
    request: { cluster: string; tokenHash: string; agentKey: string },
    now: Date,
  ): Promise<JoinOutcome> {
    return this.#knex.transaction(tx => joinAgent(tx, request, now));
  }

  findRevoked(
    agents: ReadonlyArray<{ cluster: string; agentKey: string }>,
  ): Promise<string[]> {
    return findRevokedAgents(this.#knex, agents);
  }

  record(cluster: string, report: Report, now: Date): Promise<RecordedReport> {
    return this.#knex.transaction(tx =>
      recordReport(tx, { cluster, report }, now),
    );
  }
}
