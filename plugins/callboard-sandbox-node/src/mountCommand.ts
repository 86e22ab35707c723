/** Binds each `OUTSIDE INSIDE` before `--`, then executes the command after it. */
const SCRIPT =
  'while [ "$1" != -- ]; do mount --bind "$1" "$2" || exit 125; shift 2; done; shift; exec "$@"';

/** A folder that is mounted at another place, because its user may not read the parents of the original. */
export interface ShownFolder {
  /** Empty folder at which the other one is mounted. */
  at: string;
  outside: string;
}

/**
 * Returns the prefix of a command of root that mounts folders at other places,
 * visible to this command only and until it ends: another user can work in a
 * folder of the portal without access to the portal's data folder.
 */
export function mountCommand(folders: readonly ShownFolder[]): string[] {
  if (folders.length === 0) return [];
  return [
    ...['unshare', '--mount', '--propagation', 'slave', '--'],
    ...['sh', '-c', SCRIPT, 'mounts'],
    ...folders.flatMap(({ at, outside }) => [outside, at]),
    '--',
  ];
}
