import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  INSIDE,
  type OtherUser,
  type RunArea,
  type RunFolder,
  chownAll,
} from '@callboard/plugin-callboard-sandbox-node';
import { assetPath } from '../assetPath';
import type { PreparedProgram, Program } from '../processes/Program';
import { choosePorts } from '../processes/choosePorts';
import { type FoundPostgres, linkLibraries } from './findPostgres';
import type { UsedVolume } from './VolumeFolders';

const PORT = 5432; // of the image, whatever a container declares
const INSTALLED = '/run/callboard/postgres';

/** Folders of a database, as paths outside or inside its sandbox. */
interface Places {
  postgres: string;
  data: string;
  tmp: string;
}

/** A PostgreSQL database over a folder. */
export class PostgresProgram implements Program {
  readonly #postgres: FoundPostgres & { kind: 'found' };
  readonly #app: string;
  readonly #env: Record<string, string>;
  readonly #volume: UsedVolume | undefined;

  /**
   * @param app - app as whose user it runs: its code has full access to the
   *   database
   * @param volume - data that outlives the run; undefined: the data is removed
   *   with the run
   */
  constructor(
    postgres: FoundPostgres & { kind: 'found' },
    {
      app,
      env,
      volume,
    }: {
      app: string;
      env: Record<string, string>;
      volume: UsedVolume | undefined;
    },
  ) {
    this.#postgres = postgres;
    this.#app = app;
    this.#env = env;
    this.#volume = volume;
  }

  async prepare(run: RunFolder, area: RunArea): Promise<PreparedProgram> {
    await this.#volume?.free; // two servers over one folder would corrupt it
    const user = area.userOf(this.#app);
    if (user && this.#volume) await giveTo(this.#volume.path, user);
    const isInside = area.isolation.kind === 'namespaces';
    const ports = await choosePorts([PORT], isInside);
    const outside = await this.#placesFor(run, user);
    const seen: Places = isInside
      ? { postgres: INSTALLED, data: INSIDE.workspace, tmp: '/tmp' }
      : outside;
    await copyFile(assetPath('postgres.sh'), join(run.tmp, 'postgres.sh'));
    const { libraries } = this.#postgres;
    await linkLibraries(libraries, join(seen.postgres, 'lib'), run.tmp);
    return {
      ok: true,
      command: [
        'sh',
        join(seen.tmp, 'postgres.sh'),
        'prepare',
        seen.postgres,
        seen.data,
        `${ports.get(PORT)}`,
      ],
      env: {
        ...area.baseEnv(),
        ...this.#env,
        TMPDIR: seen.tmp,
        LD_LIBRARY_PATH: `${seen.tmp}/lib:${seen.postgres}/lib`,
      },
      ports,
      workspace: outside.data,
      shown: user ? this.#shownIn(outside) : [],
      readOnly: isInside ? [[INSTALLED, outside.postgres]] : [],
    };
  }

  /** Another user cannot read the portal's folders: they are mounted into the run's own. */
  async #placesFor(
    run: RunFolder,
    user: OtherUser | undefined,
  ): Promise<Places> {
    const { tmp, path, workspace } = run;
    const data = this.#volume?.path ?? workspace;
    if (!user) return { postgres: this.#postgres.folder, data, tmp };
    const postgres = join(path, 'postgres');
    await mkdir(postgres);
    return { postgres, data: workspace, tmp };
  }

  #shownIn({ postgres, data }: Places) {
    return [
      { at: postgres, outside: this.#postgres.folder },
      ...(this.#volume ? [{ at: data, outside: this.#volume.path }] : []),
    ];
  }
}

/** Existing files belong to the user already, unless the table of users was lost. */
async function giveTo(folder: string, user: OtherUser): Promise<void> {
  const { uid } = await stat(folder);
  if (uid !== user.uid) await chownAll(folder, user);
}
