import type { JoinOutcome } from '@callboard/plugin-callboard-clusters-node';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { AgentRow } from './AgentRow';

/** Uses a token up and binds the agent's key in one statement: of two agents with one token only one gets in. */
export async function joinAgent(
  tx: Knex,
  request: { cluster: string; tokenHash: string; agentKey: string },
  now: Date,
): Promise<JoinOutcome> {
  const { cluster, tokenHash, agentKey } = request;
  const joined = await tx('agents')
    .where({ cluster, token_hash: tokenHash })
    .whereNull('agent_key')
    .whereNull('revoked_at')
    .where('token_expires_at', '>', now.getTime())
    .update({ agent_key: agentKey, joined_at: now.getTime() });
  if (joined === 1) return 'joined';
  const row = (await tx('agents').where({ cluster }).first()) as
    | AgentRow
    | undefined;
  return judge(row, request, now);
}

function judge(
  row: AgentRow | undefined,
  request: { tokenHash: string; agentKey: string },
  now: Date,
): JoinOutcome {
  if (row === undefined || row.revoked_at !== null) return 'agent-unknown';
  if (row.token_hash !== request.tokenHash) return 'token-wrong';
  if (row.agent_key === request.agentKey) return 'joined'; // its answer was lost on the way
  if (row.agent_key !== null) return 'token-used';
  return toDate(row.token_expires_at) <= now ? 'token-expired' : 'token-used';
}
