/** Resources of pushed code that control groups can limit. */
export type Control = 'cpu' | 'memory' | 'pids';

/** A place in which this process may try to create groups. */
export interface Hierarchy {
  version: 1 | 2;
  /** Folder of the group that this process is in. */
  own: string;
  /** Folder of the topmost visible group. */
  top: string;
  /** Controllers of version 1 here; version 2 lists them in its files. */
  controls: readonly Control[];
}

const CONTROLS: readonly Control[] = ['cpu', 'memory', 'pids'];

/**
 * Finds the hierarchies of control groups that this process is in.
 *
 * @param text.mounts - /proc/self/mountinfo
 * @param text.groups - /proc/self/cgroup
 * @remarks Source: cgroups(7), proc(5).
 */
export function findHierarchies(text: {
  mounts: string;
  groups: string;
}): Hierarchy[] {
  const groups = text.groups.split('\n').flatMap(line => {
    const [, id, names, path] = /^(\d+):([^:]*):(.*)$/.exec(line) ?? [];
    return path === undefined ? [] : [{ id, names: names.split(','), path }];
  });
  return text.mounts.split('\n').flatMap((line): Hierarchy[] => {
    const [left, right = ''] = line.split(' - ');
    const [, , , root, top] = left.split(' ');
    const [type, , options = ''] = right.split(' ');
    if (type !== 'cgroup' && type !== 'cgroup2') return [];
    const names = options.split(',');
    const group = groups.find(({ id, names: own }) =>
      type === 'cgroup2' ? id === '0' : own.some(name => names.includes(name)),
    );
    if (!group) return [];
    const path = group.path.startsWith(root)
      ? group.path.slice(root.length)
      : group.path;
    const controls = CONTROLS.filter(name => names.includes(name));
    if (type === 'cgroup' && controls.length === 0) return [];
    return [
      {
        version: type === 'cgroup2' ? 2 : 1,
        own: `${top}/${path}`.replace(/\/+/g, '/').replace(/\/$/, ''),
        top,
        controls: type === 'cgroup2' ? [] : controls,
      },
    ];
  });
}
