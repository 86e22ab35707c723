import {
  type DeploymentRecord,
  type ExceptionRecord,
  findExceptions,
} from '../../store';
import type { Outcome } from '../queue';
import type { FactReader } from '../roles';

const MOST_WAIT_MS = 60 * 60_000; // timers do not cover months, and a clock may be set

/** Returns the exception of a cluster from its blueprint that ends last, among those in force now. */
export async function findBlueprintException(
  { knex, clock }: FactReader['deps'],
  { cluster, blueprint }: { cluster: string; blueprint: string },
): Promise<ExceptionRecord | undefined> {
  const all = await findExceptions(knex, {
    at: clock.now(),
    kind: 'blueprint',
  });
  return all
    .filter(({ name, target }) => name === blueprint && target === cluster)
    .at(-1);
}

/** Schedules a reconcile for the end of a blueprint's exception: from then on the cluster refuses changes again. */
export async function untilExceptionEnds(
  { key, name }: DeploymentRecord,
  { deps }: FactReader,
): Promise<Outcome> {
  const exception =
    key.kind === 'blueprint'
      ? await findBlueprintException(deps, {
          cluster: key.cluster,
          blueprint: name,
        })
      : undefined;
  if (!exception) return { kind: 'settled' };
  const leftMs = exception.expiresAt.getTime() - deps.clock.now().getTime();
  return {
    kind: 'again',
    afterMs: Math.min(MOST_WAIT_MS, Math.max(1, leftMs + 1)),
    because: 'an exception from its blueprint ends then',
  };
}
