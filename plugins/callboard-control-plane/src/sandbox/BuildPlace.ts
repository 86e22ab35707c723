import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildLimits, DEFAULT_BUILD_LIMITS } from './BuildLimits';
import type { RunArea } from './RunArea';
import { type RunAsOther, chownAll, createRunAsOther } from './runAsOther';

/** What a build may know of the portal's environment: how this machine reaches its package registry. */
const PASSED_ON = ['NODE_EXTRA_CA_CERTS', 'npm_config_registry'];

/** Where builds run: in a copy that belongs to a user that no other build has, within limits. */
export class BuildPlace {
  readonly #area: RunArea;
  readonly #newId: () => string;
  readonly #env: Record<string, string>;
  /** What each run may take. */
  readonly limits: BuildLimits;

  constructor(options: {
    area: RunArea;
    newId: () => string;
    portalEnv: NodeJS.ProcessEnv;
    limits?: BuildLimits;
  }) {
    this.limits = options.limits ?? DEFAULT_BUILD_LIMITS;
    this.#area = options.area;
    this.#newId = options.newId;
    this.#env = {
      ...options.area.baseEnv(),
      ...Object.fromEntries(
        PASSED_ON.flatMap(name =>
          entryWithoutSecret(name, options.portalEnv[name]),
        ),
      ),
    };
  }

  /** Works on a copy of `source`, which is gone afterwards. */
  async use<T>(
    source: string,
    work: (folder: string, runAsOther: RunAsOther) => Promise<T>,
  ): Promise<T> {
    const id = this.#newId();
    const folder = join(this.#area.folder, `run-build-${id}`);
    const user = this.#area.userOfBuild(id);
    try {
      await cp(source, folder, { recursive: true, verbatimSymlinks: true });
      if (user) await chownAll(folder, user);
      return await work(
        folder,
        createRunAsOther({ user, env: this.#env, limits: this.limits }),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** An address with a password in it stays here. */
function entryWithoutSecret(
  name: string,
  value: string | undefined,
): Array<[string, string]> {
  return value === undefined || /\/\/[^/]*@/.test(value) ? [] : [[name, value]];
}
