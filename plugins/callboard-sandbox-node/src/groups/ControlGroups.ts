import { mkdir, readFile, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Control,
  type Hierarchy,
  findHierarchies,
} from './findHierarchies';
import { type GroupLimits, RunGroup } from './RunGroup';

const CONTROLS: readonly Control[] = ['cpu', 'memory', 'pids'];
/** All pushed code together weighs as much as one thread of the portal. */
const SHARES = '1024'; // version 1
const WEIGHT = '100'; // version 2

interface Place {
  version: 1 | 2;
  /** Folder of this portal's groups. */
  folder: string;
  controls: readonly Control[];
}

/**
 * Control groups for pushed code, where this process may make some: as root, or in
 * a part of the tree that was delegated to its user. What runs in a group cannot
 * leave it, so that a group also says what is to be ended.
 */
export class ControlGroups {
  /** What the kernel holds here. */
  readonly controls: readonly Control[];
  readonly #places: readonly Place[];

  /**
   * Tries what is possible, and ends and removes what an earlier process left.
   *
   * @param options.note - file that says where the groups are: a portal that is started elsewhere, as from another session, has other ones
   * @returns undefined where no group can be made
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

  /** A new group; whatever it cannot be limited by is left to others to watch. */
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

  /** Ends what runs in any of them, and removes them. */
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
    return []; // there is none, or its writer was killed: groups of the same place are found without it
  }
}

/** Ends what runs in the groups of a folder, and removes the groups. */
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
  // Of version 2 only the topmost group may hold both processes and groups with limits.
  for (const base of new Set(version === 2 ? [own, top] : [own])) {
    const folder = join(base, `callboard-${name}`);
    const controls = await tryPlace(hierarchy, base, folder);
    if (controls && controls.length > 0) return { version, folder, controls };
    if (controls) await rmdir(folder).catch(() => undefined);
  }
  return undefined;
}

/** @returns what can be limited in groups below `folder`; undefined where it cannot be made */
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

/** Lets groups of a folder have limits, as far as it is possible. */
async function handDown(folder: string): Promise<void> {
  for (const control of CONTROLS)
    await writeFile(
      join(folder, 'cgroup.subtree_control'),
      `+${control}`,
    ).catch(() => undefined);
}
