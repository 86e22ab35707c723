import type { Problem } from '@callboard/plugin-callboard-common';

const MOST_NAMES = 5;

/** Identity and apps of a database or of a folder of repositories. */
export interface Belonging {
  /** Written into both at the first start; undefined before that. */
  identity: string | undefined;
  /** Apps in the database, or apps that have a repository. */
  apps: readonly string[];
}

/**
 * Returns a problem where database and repositories do not belong to one portal
 * at one time: one of the two was restored from a backup, or belongs to another
 * portal.
 */
export function describeMismatch(
  database: Belonging,
  repositories: Belonging,
): Problem | undefined {
  const without = database.apps.filter(app => !repositories.apps.includes(app));
  const unknown = repositories.apps.filter(
    name => !database.apps.includes(name),
  );
  const isForeign =
    database.identity !== undefined &&
    repositories.identity !== undefined &&
    database.identity !== repositories.identity;
  const faults = [
    isForeign &&
      `the repositories are those of database ${repositories.identity}, and this one is ${database.identity}`,
    without.length > 0 && `apps ${listNames(without)} are without a repository`,
    unknown.length > 0 &&
      `apps ${listNames(
        unknown,
      )} have a repository that the database does not know`,
  ].filter(Boolean);
  if (faults.length === 0) return undefined;
  return {
    code: 'repositories-foreign',
    what: 'Database and repositories do not belong together',
    why: faults.join('; '),
    next: isForeign
      ? 'Restore both from the same backup; where you know that they do belong together, remove the file "identity" of the repositories and start again'
      : 'Restore both from the same backup; an app without a repository is whole again when its main branch is pushed',
    transient: false,
  };
}

function listNames(names: readonly string[]): string {
  const named = [...names].sort().slice(0, MOST_NAMES).join(', ');
  const more = names.length - MOST_NAMES;
  return more > 0 ? `(${named} and ${more} more)` : `(${named})`;
}
