import type { LoggerService } from '@backstage/backend-plugin-api';
import type { App } from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import { type PushDeps, pushFiles } from '@callboard/plugin-callboard-git-node';
import type { SeedApp } from '@callboard/plugin-callboard-node';
import { deletedAppsOf } from '../deletedAppsOf';
import { pause } from '../pause';

export interface SeedDeps {
  controlPlane: Pick<
    ControlPlane,
    'findOwnedApp' | 'getApp' | 'listJournal' | 'promote' | 'onChanges'
  >;
  pushes: PushDeps;
  now(): Date;
  logger: LoggerService;
  /** Stops the work; nothing is left half done. */
  signal: AbortSignal;
}

const ACTOR = 'system:seed';
const MOST_ENTRIES = 500; // an untouched example has a handful
const LOOK_AGAIN_MS = 5_000; // changes wake it earlier; this only covers a missed one

/**
 * Reconciles the example apps with their seeds: pushed when missing, promoted
 * in the seed's order once they are healthy. Level-based: reads the actual
 * state and may be run again at any time. An app with pushes by others is left
 * alone, and a deleted one stays deleted.
 */
export async function seedApps(
  seeds: SeedApp[],
  deps: SeedDeps,
): Promise<void> {
  await Promise.all(
    seeds.map(seed =>
      plantSeed(seed, deps).catch(error =>
        deps.logger.error(`seed ${seed.name} failed`, error),
      ),
    ),
  );
}

async function plantSeed(seed: SeedApp, deps: SeedDeps): Promise<void> {
  while (!deps.signal.aborted) {
    const changed = nextChange(seed.name, deps);
    const app = await deps.controlPlane.getApp(seed.name);
    if (!app.ok) {
      if (await deletedAppsOf(deps).isDeleted(seed.name)) return;
      if (!(await pushSeed(seed, deps))) return;
    } else {
      const step = decideStep(seed, app.value);
      if (step.kind === 'done') return;
      if (step.kind === 'promote') {
        if (await wasTakenOut(seed, deps)) return;
        await promoteSeed(seed, step, deps);
      }
    }
    await changed;
  }
}

/** A person removed it from an environment: that decision is kept. */
async function wasTakenOut(
  { name: app }: SeedApp,
  { controlPlane }: SeedDeps,
): Promise<boolean> {
  const entries = await controlPlane.listJournal({
    app,
    kind: 'releases',
    limit: MOST_ENTRIES,
  });
  return entries.some(({ action }) => action === 'app.removed');
}

type SeedStep =
  | { kind: 'done' }
  | { kind: 'wait' }
  | { kind: 'promote'; environment: string; release: number };

/** Returns the next step for an example app. Pure. */
export function decideStep(seed: SeedApp, app: App): SeedStep {
  const newest = Math.max(
    0,
    ...app.environments.map(({ release }) => release?.number ?? 0),
  );
  if (newest > 1) return { kind: 'done' }; // a person works with it
  for (const name of seed.promoteTo ?? []) {
    const environment = app.environments.find(
      candidate => candidate.name === name,
    );
    if (!environment?.promotion) return { kind: 'done' };
    if (environment.release) continue;
    const before = app.environments.find(
      candidate => candidate.name === environment.promotion?.from,
    );
    if (!before?.release || before.health.status !== 'Healthy')
      return { kind: 'wait' };
    return {
      kind: 'promote',
      environment: name,
      release: before.release.number,
    };
  }
  return { kind: 'done' };
}

/** Returns false when a retry cannot help: the problem is logged for a person. */
async function pushSeed(seed: SeedApp, deps: SeedDeps): Promise<boolean> {
  const pushed = await pushFiles(
    {
      app: seed.name,
      files: seed.files,
      message: seed.message,
      author: { name: 'Callboard', email: 'callboard@localhost' },
      pusher: { actor: ACTOR, owner: seed.owner, ownershipRefs: [seed.owner] },
      at: deps.now(),
    },
    deps.pushes,
  );
  if (pushed.ok) return true;
  deps.logger.warn(
    `seed ${seed.name}: ${pushed.problem.what}: ${pushed.problem.why}`,
    { code: pushed.problem.code },
  );
  return pushed.problem.transient || pushed.problem.code === 'app-exists'; // pushed, not yet recorded
}

async function promoteSeed(
  seed: SeedApp,
  step: { environment: string; release: number },
  deps: SeedDeps,
): Promise<void> {
  const { environment, release } = step;
  const promoted = await deps.controlPlane.promote({
    app: seed.name,
    environment,
    release,
    actor: ACTOR,
    ownershipRefs: [seed.owner],
  });
  if (!promoted.ok)
    deps.logger.info(`seed ${seed.name} waits: ${promoted.problem.why}`, {
      code: promoted.problem.code,
    });
}

/** Resolves at the next change that may concern this app, or after a timeout. */
async function nextChange(
  app: string,
  { controlPlane, signal }: SeedDeps,
): Promise<void> {
  const changed = new AbortController();
  const stop = controlPlane.onChanges(changes => {
    if (changes.some(({ kind, name }) => kind !== 'app' || name === app))
      changed.abort();
  });
  await pause(LOOK_AGAIN_MS, AbortSignal.any([signal, changed.signal]));
  stop();
}
