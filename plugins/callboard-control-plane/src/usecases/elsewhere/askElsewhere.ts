import { type Result, failed } from '@callboard/plugin-callboard-common';
import { leaseOfCluster } from '../../reconcile/LeaseKeeper';
import type { ClusterAsker } from '../../reconcile/roles';
import {
  type Question,
  dropQuestions,
  findAnswer,
  insertQuestion,
  listLeases,
} from '../../store';
import { pause } from '../../Timers';
import { clusterElsewhere } from '../problems';

/** A question is seen within a second or two, and a cluster may take five to answer. */
export const ANSWER_MS = 8_000;
const LOOK_MS = 150;

/**
 * Asks the process that reaches a cluster, where this one does not: through the
 * database, the one thing that all processes share.
 */
export async function askElsewhere<T>(
  question: Omit<Question, 'id'>,
  { deps, timers }: ClusterAsker,
): Promise<Result<T>> {
  const { knex, clock } = deps;
  const { cluster } = question;
  const isWorkedOn = (await listLeases(knex)).some(
    ({ name, holder, expiresAt }) =>
      name === leaseOfCluster(cluster) &&
      holder !== deps.holderId &&
      expiresAt > clock.now(),
  );
  if (!isWorkedOn) return failed(clusterElsewhere(cluster));
  const id = deps.newId();
  const askedAt = clock.now();
  await insertQuestion(knex, { ...question, id }, askedAt);
  try {
    while (clock.now().getTime() - askedAt.getTime() < ANSWER_MS) {
      const answer = await findAnswer<Result<T>>(knex, id);
      if (answer) return answer;
      await pause(timers, LOOK_MS);
    }
    return failed(clusterElsewhere(cluster));
  } finally {
    const before = new Date(askedAt.getTime() - ANSWER_MS);
    await dropQuestions(knex, { id, before });
  }
}
