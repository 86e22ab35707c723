import type { JoinOutcome } from '@callboard/plugin-callboard-clusters-node';
import type { Knex } from 'knex';
import { appendJournal } from '../journal';
import { toDate } from '../instants';
import type { AgentRow } from './AgentRow';

/**
 * Consumes a token and binds the agent's key in one statement: of two agents
 * with one token only one joins. The journal entry is in the same commit,
 * because the cluster may be removed before anybody looks at it.
 */
export async function joinAgent(
  tx: Knex.Transaction,
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
  if (joined === 1) {
    await appendJournal(tx, [
      {
        at: now,
        actor: 'system:fleet',
        action: 'cluster.joined',
        cluster,
        message: `The agent of ${cluster} joined with its token`,
      },
    ]);
    return 'joined';
  }
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
