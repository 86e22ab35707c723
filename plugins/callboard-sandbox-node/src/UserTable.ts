import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { OtherUser } from './otherUser';
import type { UserRange } from './peers/pushedCodePeers';

const FIRST_UID = 300_000; // above the range that Debian assigns
const BLOCK = 4_096; // uids per portal
const BLOCKS = 400;
const BUILD_UIDS = 1_024; // the last ones of a block

interface Table {
  first: number;
  apps: Record<string, number>;
}

/**
 * The users of pushed code of one portal: each app has its own, stored in a
 * table over restarts; each running build has its own. Portals on one machine
 * have different blocks of users.
 */
export class UserTable {
  readonly #file: string;
  readonly #table: Table;
  readonly #taken = new Set<number>();
  readonly #building = new Set<number>();

  /**
   * @param options.dataDir - data folder of the portal that owns the table
   * @param options.claims - folder with one file per block that a portal of
   *   this machine uses
   */
  static open(options: { dataDir: string; claims: string }): UserTable {
    const { dataDir, claims } = options;
    const file = join(dataDir, 'users.json');
    const known = readTable(file);
    insistOwnFolder(claims);
    const blocks = Array.from({ length: BLOCKS }, (_, index) => index);
    const before = known && (known.first - FIRST_UID) / BLOCK;
    const block = [...(before === undefined ? [] : [before]), ...blocks].find(
      candidate => claim(join(claims, `${candidate}`), dataDir),
    );
    if (block === undefined)
      throw new Error(
        `Cannot run pushed code: all blocks of users of this machine are taken. Remove files of portals that are gone from ${claims}`,
      );
    const first = FIRST_UID + block * BLOCK;
    return new UserTable(
      file,
      known?.first === first ? known : { first, apps: {} },
    );
  }

  private constructor(file: string, table: Table) {
    this.#file = file;
    this.#table = table;
    Object.values(table.apps).forEach(uid => this.#taken.add(uid));
  }

  /** All users of this portal's block. */
  get range(): UserRange {
    const { first } = this.#table;
    return { first, last: first + BLOCK - 1 };
  }

  /** The user of an app, always the same one and no other app's. */
  ofApp(app: string): OtherUser {
    const known = Object.hasOwn(this.#table.apps, app)
      ? this.#table.apps[app]
      : undefined;
    const uid = known ?? this.#firstFree(0, BLOCK - BUILD_UIDS, this.#taken);
    if (known === undefined) {
      this.#table.apps[app] = uid;
      this.#taken.add(uid);
      this.#write();
    }
    return { uid, gid: uid };
  }

  /** A user that no other build has; the caller releases it after all processes of the build have ended. */
  takeForBuild(): { user: OtherUser; release(): void } {
    const uid = this.#firstFree(BLOCK - BUILD_UIDS, BLOCK, this.#building);
    this.#building.add(uid);
    return {
      user: { uid, gid: uid },
      release: () => this.#building.delete(uid),
    };
  }

  #firstFree(from: number, to: number, taken: Set<number>): number {
    for (let offset = from; offset < to; offset += 1) {
      const uid = this.#table.first + offset;
      if (!taken.has(uid)) return uid;
    }
    throw new Error(
      `All ${to - from} users for pushed code are taken on this machine`,
    );
  }

  /** Writes to a new file and renames it: a killed process leaves the old table or the new one. */
  #write(): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(this.#table), {
      mode: 0o600,
    });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

function readTable(file: string): Table | undefined {
  try {
    const table: Table = JSON.parse(readFileSync(file, 'utf8'));
    const uids = Object.values(table.apps);
    const isWhole =
      (table.first - FIRST_UID) % BLOCK === 0 &&
      new Set(uids).size === uids.length &&
      uids.every(uid => uid >= table.first && uid < table.first + BLOCK);
    return isWhole ? table : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @returns whether the block now belongs to this portal: it was free, already
 *   its own, or of a portal whose folder is gone
 */
function claim(file: string, dataDir: string): boolean {
  try {
    writeFileSync(file, dataDir, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const owner = readFileSync(file, 'utf8');
  if (owner === dataDir) return true;
  if (owner !== '' && existsSync(owner)) return false;
  rmSync(file, { force: true });
  return claim(file, dataDir);
}

/** Throws unless a folder in a world-writable place belongs to us. */
export function insistOwnFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const info = lstatSync(folder);
  if (!info.isDirectory() || info.uid !== process.getuid?.())
    throw new Error(
      `Cannot run pushed code: ${folder} belongs to somebody else. Remove it and start again`,
    );
}
