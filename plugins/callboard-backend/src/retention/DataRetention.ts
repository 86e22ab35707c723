import { join } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Problem, Retention } from '@callboard/plugin-callboard-common';
import type { ControlPlane } from '@callboard/plugin-callboard-control-plane';
import {
  type LeftoverFolders,
  findLeftovers,
  removeLeftovers,
} from '@callboard/plugin-callboard-git-node';

const LEFT_MS = 60 * 60_000; // longer than any push or build runs without changing its files
const MOST_PATHS = 20; // of one line of the log

export interface DataRetentionDeps {
  controlPlane: Pick<ControlPlane, 'readRetention' | 'sweepImages'>;
  /** The portal's data folder. */
  dataDir: string;
  /** Folder of the repositories. */
  repositories: string;
  now(): Date;
  logger: LoggerService;
}

/**
 * Removes data whose retention has ended: images of old releases, leftovers of
 * pushes and builds, and repositories of apps that were deleted long ago.
 */
export class DataRetention {
  readonly #deps: DataRetentionDeps;
  readonly #folders: LeftoverFolders;

  constructor(deps: DataRetentionDeps) {
    const { dataDir, repositories } = deps;
    this.#deps = deps;
    this.#folders = {
      apps: join(repositories, 'apps'),
      deleted: join(repositories, 'deleted'),
      builds: [join(dataDir, 'builds'), join(dataDir, 'images', 'builds')],
      bundles: join(dataDir, 'playground', 'bundles'),
    };
  }

  /** Returns what the next sweep removes. Changes nothing. */
  async read(): Promise<Retention> {
    const { releases, images, problems } =
      await this.#deps.controlPlane.readRetention();
    const { paths, bytes } = await findLeftovers(this.#folders, this.#before());
    return {
      releases,
      images,
      leftovers: { count: paths.length, bytes },
      bytes: images.reduce((sum, image) => sum + image.bytes, bytes),
      problems: problems.map(pickWords),
    };
  }

  /** @returns false where another process removes the images, or no process does yet */
  async sweep(signal: AbortSignal): Promise<boolean> {
    const { controlPlane, logger } = this.#deps;
    const { paths, bytes } = await removeLeftovers(
      this.#folders,
      this.#before(),
    );
    if (paths.length > 0)
      logger.info('leftovers of ended pushes and builds removed', {
        count: paths.length,
        bytes,
        paths: paths.slice(0, MOST_PATHS).join(', '),
      });
    const swept = await controlPlane.sweepImages(signal);
    if (!swept) return false;
    if (swept.images > 0)
      logger.info('images of old releases removed', {
        count: swept.images,
        bytes: swept.bytes,
      });
    for (const { what, why, next, code } of swept.problems)
      logger.warn(`${what}: ${why}. ${next}`, { code });
    return true;
  }

  #before(): Date {
    return new Date(this.#deps.now().getTime() - LEFT_MS);
  }
}

function pickWords({
  code,
  what,
  why,
  next,
}: Problem): Retention['problems'][number] {
  return { code, what, why, next };
}
