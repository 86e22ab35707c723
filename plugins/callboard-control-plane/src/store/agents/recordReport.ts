import { countOf } from '@callboard/plugin-callboard-common';
import type { Report } from '@callboard/tunnel';
import type { Knex } from 'knex';
import { type JournalDraft, appendJournal } from '../journal';
import type { AgentRow } from './AgentRow';
import { describeAgentEvent } from './describeAgentEvent';

const ACTOR = 'system:agent';

/**
 * Writes the entries of a report that are not in the journal yet, and the
 * position up to which the agent's journal is recorded. One transaction: if it
 * is killed before its end, nothing is written and the agent reports again.
 *
 * Entries carry the time of the event by the agent's clock, at most now;
 * `after.recordedAt` is by ours. A gap in the numbers means that the agent
 * dropped entries in a long disconnection, and is recorded.
 *
 * @returns how far the agent's journal is recorded, and how many entries were
 *   added now
 */
export async function recordReport(
  tx: Knex.Transaction,
  { cluster, report }: { cluster: string; report: Report },
  now: Date,
): Promise<{ sequence: number; recorded: number }> {
  const row = (await tx('agents').where({ cluster }).forUpdate().first()) as
    | AgentRow
    | undefined;
  if (row === undefined || row.revoked_at !== null)
    return { sequence: 0, recorded: 0 };
  let last = row.report_journal === report.journal ? row.report_sequence : 0;
  const drafts: JournalDraft[] = [];
  for (const { sequence, at, event } of report.entries) {
    if (sequence <= last) continue;
    const draft = {
      at: new Date(Math.min(Date.parse(at), now.getTime())),
      actor: ACTOR,
      cluster,
      after: { recordedAt: now.toISOString(), sequence },
    };
    const dropped = sequence - last - 1;
    if (dropped > 0)
      drafts.push({
        ...draft,
        action: 'cluster.agent-events-dropped',
        message: `${countOf(dropped, 'earlier event')} on cluster ${cluster} ${
          dropped === 1 ? 'is' : 'are'
        } not known`,
        why: 'its agent was alone for longer than it can keep them',
      });
    drafts.push({ ...draft, ...describeAgentEvent(cluster, event) });
    last = sequence;
  }
  await appendJournal(tx, drafts);
  if (drafts.length > 0)
    await tx('agents')
      .where({ cluster })
      .update({ report_journal: report.journal, report_sequence: last });
  return { sequence: last, recorded: drafts.length };
}
