/** Binds each `OUTSIDE INSIDE` before `--`, then becomes what is behind it. */
const SCRIPT =
  'while [ "$1" != -- ]; do mount --bind "$1" "$2" || exit 125; shift 2; done; shift; exec "$@"';

/** A folder that shows another one, below whose parents its reader may not look. */
export interface ShownFolder {
  /** Empty folder over which the other one appears. */
  at: string;
  outside: string;
}

/**
 * Words in front of a command of root that show it folders in other places, which
 * nobody else sees and which end with it: so another user works in a folder
 * of the portal without a way to the portal's folder.
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
