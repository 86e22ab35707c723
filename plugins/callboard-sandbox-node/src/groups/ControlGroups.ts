import { mkdir, readFile, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Control,
  type Hierarchy,
  findHierarchies,
} from './findHierarchies';
import { type GroupLimits, RunGroup } from './RunGroup';

const CONTROLS: readonly Control[] = ['cpu', 'memory', 'pids'];
/** CPU weight of all pushed code together: that of one thread of the portal. */
const SHARES = '1024'; // version 1
const WEIGHT = '100'; // version 2

interface Place {
  version: 1 | 2;
  /** Folder of this portal's groups. */
  folder: string;
  controls: readonly Control[];
}

/**
 * Control groups for pushed code, if this process may create them: as root, or
 * in a part of the tree that was delegated to its user. Processes cannot leave
 * their group, so the group also lists the processes to end.
 */
export class ControlGroups {
  /** Limits that the kernel enforces here. */
  readonly controls: readonly Control[];
  readonly #places: readonly Place[];

  /**
   * Tries the possible places, and ends and removes the groups of an earlier
   * process.
   *
   * @param options.note - file with the location of the groups: a portal that
   *   is started elsewhere, as from another session, has other ones
   * @returns undefined when no group can be created
   */
  static async open(options: {
    name: string;
    note: string;
  }): Promise<ControlGroups | undefined> {
    const { name, note } = options;
    const before = await readNote(note);
    for (const folder of before) await endGroupsIn(folder);
    const [mounts, groups] = await Promise.all(
      ['/proc/self/mountinfo', '/proc/self/cgroup'].map(file =>
        readFile(file, 'utf8').catch(() => ''),
      ),
    );
    const places: Place[] = [];
    for (const hierarchy of findHierarchies({ mounts, groups })) {
      const place = await openPlace(hierarchy, name);
      if (place) places.push(place);
    }
    const folders = places.map(({ folder }) => folder);
    for (const folder of folders) await endGroupsIn(folder);
    for (const folder of before)
      if (!folders.includes(folder)) await rmdir(folder).catch(() => undefined);
    await writeFile(note, JSON.stringify(folders), { mode: 0o600 });
    return places.length > 0 ? new ControlGroups(places) : undefined;
  }

  private constructor(places: readonly Place[]) {
    this.#places = places;
    this.controls = CONTROLS.filter(control =>
      places.some(({ controls }) => controls.includes(control)),
    );
  }

  /** Creates a group; limits that it cannot enforce are monitored elsewhere. */
  async make(id: string, limits: GroupLimits): Promise<RunGroup> {
    const group = this.#groupOf(id);
    await group.make(limits);
    return group;
  }

  #groupOf(id: string): RunGroup {
    return new RunGroup(
      this.#places.map(({ folder, ...place }) => ({
        ...place,
        folder: join(folder, id),
      })),
    );
  }

  /** Ends all processes in the groups, and removes the groups. */
  async close(): Promise<void> {
    for (const { folder } of this.#places) {
      await endGroupsIn(folder);
      await rmdir(folder).catch(() => undefined);
    }
  }
}

async function readNote(note: string): Promise<string[]> {
  try {
    return JSON.parse(await readFile(note, 'utf8'));
  } catch {
    return []; // missing, or its writer was killed: groups of the same place are found without it
  }
}

/** Ends all processes in the groups of a folder, and removes the groups. */
async function endGroupsIn(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    () => [],
  );
  for (const entry of entries)
    if (entry.isDirectory())
      await new RunGroup([
        { version: 1, folder: join(folder, entry.name), controls: [] },
      ]).end();
}

async function openPlace(
  hierarchy: Hierarchy,
  name: string,
): Promise<Place | undefined> {
  const { version, own, top } = hierarchy;
  // In version 2 only the topmost group may contain both processes and groups with limits.
  for (const base of new Set(version === 2 ? [own, top] : [own])) {
    const folder = join(base, `callboard-${name}`);
    const controls = await tryPlace(hierarchy, base, folder);
    if (controls && controls.length > 0) return { version, folder, controls };
    if (controls) await rmdir(folder).catch(() => undefined);
  }
  return undefined;
}

/**
 * @returns the limits that groups below `folder` can enforce; undefined when it
 *   cannot be created
 */
async function tryPlace(
  { version, controls }: Hierarchy,
  base: string,
  folder: string,
): Promise<Control[] | undefined> {
  if (version === 2) await handDown(base);
  try {
    await mkdir(folder, { recursive: true });
    if (version === 1) {
      if (controls.includes('cpu'))
        await writeFile(join(folder, 'cpu.shares'), SHARES);
      return [...controls];
    }
    await handDown(folder);
    await writeFile(join(folder, 'cpu.weight'), WEIGHT).catch(() => undefined);
    const given = await readFile(
      join(folder, 'cgroup.subtree_control'),
      'utf8',
    );
    return CONTROLS.filter(control => given.split(/\s+/).includes(control));
  } catch {
    return undefined;
  }
}

/** Enables limits for groups of a folder, as far as possible. */
async function handDown(folder: string): Promise<void> {
  for (const control of CONTROLS)
    await writeFile(
      join(folder, 'cgroup.subtree_control'),
      `+${control}`,
    ).catch(() => undefined);
}
