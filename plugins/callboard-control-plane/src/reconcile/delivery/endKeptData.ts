import { listOf } from '@callboard/plugin-callboard-common';
import {
  type AppDeploymentKey,
  closeKeptData,
  findKeptData,
} from '../../store';
import { leaseOfCluster } from '../LeaseKeeper';
import { record } from '../record';
import type { LeasedRecorder } from '../roles';

/**
 * Records that an app that comes back uses its data again. This cancels a
 * requested deletion: the data is no longer what the requester saw.
 */
export async function endKeptData(
  key: AppDeploymentKey,
  context: LeasedRecorder,
): Promise<void> {
  const { knex, clock } = context.deps;
  if ((await findKeptData(knex, key)).length === 0) return;
  const { app, environment, cluster } = key;
  await record(
    context,
    context.leases.prove(leaseOfCluster(cluster)),
    async (tx, { journal, signal }) => {
      const [data] = await findKeptData(tx, key);
      if (!data) return;
      const at = clock.now();
      await closeKeptData(tx, key, at);
      signal({ kind: 'app', name: app });
      if (!data.deletion) return;
      journal({
        at,
        actor: 'system:delivery',
        action: 'app.data-used-again',
        app,
        environment,
        cluster,
        message: `The data of ${listOf(
          data.resources.map(({ name }) => name),
        )} of ${app} on ${cluster} is not deleted any more`,
        why: `${app} is placed there again, and uses what is left of it`,
      });
    },
  );
}
