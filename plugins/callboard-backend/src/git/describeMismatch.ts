import type { Problem } from '@callboard/plugin-callboard-common';

const MOST_NAMES = 5;

/**
 * A problem where database and repositories are not those of one portal at one
 * time: one of the two was restored from a backup, or is another portal's.
 *
 * @param apps - names in the database
 * @param repositories - names of apps that have a repository
 */
export function describeMismatch(
  apps: readonly string[],
  repositories: readonly string[],
): Problem | undefined {
  const without = apps.filter(app => !repositories.includes(app));
  const unknown = repositories.filter(name => !apps.includes(name));
  const faults = [
    without.length > 0 && `${listNames(without)} without a repository`,
    unknown.length > 0 &&
      `${listNames(unknown)} with a repository that the database does not know`,
  ].filter(Boolean);
  if (faults.length === 0) return undefined;
  return {
    code: 'repositories-foreign',
    what: 'Database and repositories do not belong together',
    why: `there are apps ${faults.join(', and apps ')}`,
    next: 'Restore both from the same backup; an app without a repository is whole again when its main branch is pushed',
    transient: false,
  };
}

function listNames(names: readonly string[]): string {
  const named = [...names].sort().slice(0, MOST_NAMES).join(', ');
  const more = names.length - MOST_NAMES;
  return more > 0 ? `(${named} and ${more} more)` : `(${named})`;
}
