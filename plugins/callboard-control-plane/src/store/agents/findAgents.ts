import type { AgentRecord } from '@callboard/plugin-callboard-clusters-node';
import type { Knex } from 'knex';
import { type AgentRow, readAgentRow } from './AgentRow';

/** All agents that were ever registered, by the name of their cluster. */
export async function findAgents(tx: Knex): Promise<AgentRecord[]> {
  const rows = (await tx('agents').orderBy('cluster')) as AgentRow[];
  return rows.map(readAgentRow);
}

export async function findAgent(
  tx: Knex,
  cluster: string,
): Promise<AgentRecord | undefined> {
  const row = (await tx('agents').where({ cluster }).first()) as
    | AgentRow
    | undefined;
  return row && readAgentRow(row);
}
