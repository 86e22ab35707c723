import {
  type Problem,
  type Result,
  describeBytes,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ImageStorage } from '@callboard/plugin-callboard-node';
import { LEADER_LEASE } from '../../reconcile/LeaseKeeper';
import { record } from '../../reconcile/record';
import type { ImageRemover } from '../../reconcile/roles';
import {
  LeaseLostError,
  closeRemovedImage,
  lockApp,
  saveRemovedImage,
} from '../../store';
import type { SweptImages } from '../ControlPlane';
import { listAppsToSweep } from './listAppsToSweep';
import { type StoragePlan, planForApp } from './planForApp';

/**
 * Removes images of releases that are neither among the newest of their app nor
 * in use. The database records the removal before it happens, so that nothing
 * begins to use the image; the next sweep finishes an interrupted removal.
 *
 * @returns undefined where another process decides
 */
export async function sweepImages(
  context: ImageRemover,
  signal: AbortSignal,
): Promise<SweptImages | undefined> {
  const { deps, leases } = context;
  if (!leases.holds(LEADER_LEASE)) return undefined;
  const swept: SweptImages = { images: 0, bytes: 0, problems: [] };
  /** Storages that reported a problem; this sweep does not ask them again. */
  const refusing = new Set<ImageStorage>();
  try {
    for (const app of await listAppsToSweep(deps.knex, deps.clock.now())) {
      const end = await context.imageTurns.acquire(app);
      try {
        for (const plan of await planForApp(deps.knex, app, deps)) {
          if (signal.aborted) return swept;
          if (refusing.has(plan.storage)) continue;
          const done = await sweepApp(context, { app, plan, signal });
          swept.images += done.images;
          swept.bytes += done.bytes;
          if (done.problem) {
            swept.problems.push(done.problem);
            refusing.add(plan.storage);
          }
        }
      } finally {
        end();
      }
    }
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
  }
  return swept;
}

async function sweepApp(
  context: ImageRemover,
  {
    app,
    plan,
    signal,
  }: { app: string; plan: StoragePlan; signal: AbortSignal },
): Promise<{ images: number; bytes: number; problem?: Problem }> {
  const { deps } = context;
  const measured = await plan.storage.measure(
    plan.removable.map(({ image }) => image),
    plan.kept,
    signal,
  );
  if (!measured.ok) return { images: 0, bytes: 0, problem: measured.problem };
  const wanted = await announce(context, { app, plan });
  const gone: typeof wanted = [];
  const outcome = await removeAll(plan.storage, wanted, {
    signal,
    onRemoved: image => gone.push(image),
  });
  const bytes = gone.reduce(
    (sum, { image }) => sum + (measured.value.get(image) ?? 0),
    0,
  );
  const at = deps.clock.now();
  await record(
    context,
    context.leases.prove(LEADER_LEASE),
    async (tx, { journal, signal: notify }) => {
      for (const { image } of gone)
        await saveRemovedImage(tx, { app, image, state: 'removed', since: at });
      // An image that its storage refuses to remove still exists, and can run again.
      if (!outcome.ok && !outcome.problem.transient)
        for (const each of wanted)
          if (!gone.includes(each)) await closeRemovedImage(tx, each.image, at);
      if (gone.length === 0) return;
      const releases = [...new Set(gone.flatMap(each => each.releases))].sort(
        (a, b) => a - b,
      );
      journal({
        at,
        actor: 'system:retention',
        action: 'release.images-removed',
        app,
        message: `Images of ${describeReleases(
          releases,
        )} of ${app} were removed, ${describeBytes(bytes)}`,
        why: 'they are neither among the newest nor in use',
        after: { releases, images: gone.map(({ image }) => image) },
      });
      notify({ kind: 'app', name: app });
    },
  );
  return {
    images: gone.length,
    bytes,
    ...(!outcome.ok && { problem: outcome.problem }),
  };
}

/** Records what will be removed, judged again by the current state. @returns what was recorded */
async function announce(
  context: ImageRemover,
  { app, plan }: { app: string; plan: StoragePlan },
): Promise<StoragePlan['removable']> {
  const { deps } = context;
  const since = deps.clock.now();
  return record(context, context.leases.prove(LEADER_LEASE), async tx => {
    await lockApp(tx, app);
    const again = await planForApp(tx, app, deps);
    const wanted =
      again.find(({ storage }) => storage === plan.storage)?.removable ?? [];
    for (const { image } of wanted)
      await saveRemovedImage(tx, { app, image, state: 'removing', since });
    return wanted;
  });
}

async function removeAll(
  storage: ImageStorage,
  wanted: StoragePlan['removable'],
  {
    signal,
    onRemoved,
  }: {
    signal: AbortSignal;
    onRemoved(removed: StoragePlan['removable'][number]): void;
  },
): Promise<Result<void>> {
  for (const each of wanted) {
    const removed = await storage.remove(each.image, signal);
    if (!removed.ok) return failed(removed.problem);
    onRemoved(each);
  }
  return ok(undefined);
}

/** `release 3`, `releases 1 to 7`, `releases 1, 4 and 5`. */
function describeReleases(numbers: readonly number[]): string {
  const [first] = numbers;
  const last = numbers[numbers.length - 1];
  if (numbers.length === 1) return `release ${first}`;
  if (last - first + 1 === numbers.length)
    return `releases ${first} to ${last}`;
  return `releases ${numbers.slice(0, -1).join(', ')} and ${last}`;
}
