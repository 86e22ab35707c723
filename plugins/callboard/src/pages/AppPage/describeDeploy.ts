import type { AppEnvironment } from '@callboard/plugin-callboard-common';

/**
 * Names of bringing a release into an environment, for the dialog and its
 * button: promoted where it is newer than what runs there, rolled back to where
 * it is older.
 */
export function describeDeploy(
  release: number,
  { title, release: current }: Pick<AppEnvironment, 'title' | 'release'>,
): { title: string; button: string } {
  const isBack = current !== null && release < current.number;
  const button = isBack
    ? `Roll back to release ${release}`
    : `Promote release ${release}`;
  return { title: `${button} ${isBack ? 'in' : 'to'} ${title}`, button };
}
