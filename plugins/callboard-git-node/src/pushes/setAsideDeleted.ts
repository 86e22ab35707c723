import type { PushDeps } from './pushDeps';

/** Reports which names belonged to apps that are deleted. */
export interface DeletedApps {
  isDeleted(app: string): Promise<boolean>;
  now(): Date;
}

/**
 * Sets the repository of a deleted app aside. Does nothing while a push to it
 * is in progress or not recorded yet: one that was judged after the deletion
 * creates the app again.
 */
export async function setAsideDeleted(
  app: string,
  { repositories, intents, locks }: PushDeps,
  { isDeleted, now }: DeletedApps,
): Promise<boolean> {
  const release = await locks.acquire(app);
  try {
    return (
      (await isDeleted(app)) &&
      (await intents.list(app)).length === 0 &&
      (await repositories.setAside(app, now()))
    );
  } finally {
    release();
  }
}

/**
 * Sets aside the repositories of deleted apps that a killed process left.
 *
 * @param names - of deleted apps
 * @returns the apps whose repositories were set aside
 */
export async function sweepDeleted(
  names: readonly string[],
  deps: PushDeps,
  known: DeletedApps,
): Promise<string[]> {
  const swept: string[] = [];
  for (const app of names) {
    if (deps.locks.isTaken(app) || !(await deps.repositories.exists(app)))
      continue;
    if (await setAsideDeleted(app, deps, known)) swept.push(app);
  }
  return swept;
}
