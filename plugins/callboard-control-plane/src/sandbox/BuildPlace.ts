import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildLimits, DEFAULT_BUILD_LIMITS } from './BuildLimits';
import type { RunArea } from './RunArea';
import { INSIDE, RunFolder, sandboxCommand } from './isolation';
import { type RunAsOther, createRunAsOther } from './runAsOther';

/** What a build may know of the portal's environment: how this machine reaches its package registry. */
const PASSED_ON = ['NODE_EXTRA_CA_CERTS', 'npm_config_registry'];

/**
 * Where builds run: in a copy that belongs to a user that no other build has, in
 * namespaces where the machine has them, within limits. They share the machine's
 * network, because they fetch packages.
 */
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
    const { isolation } = this.#area;
    const run = new RunFolder(
      join(this.#area.folder, `run-build-${this.#newId()}`),
    );
    const { user, giveBack } = this.#area.takeBuildUser();
    try {
      await run.make();
      await cp(source, run.workspace, {
        recursive: true,
        verbatimSymlinks: true,
      });
      await run.handOver(user);
      const spec = await run.sandbox(user, {
        network: 'shared',
        readOnly: [[INSIDE.node, this.#area.node], ...this.#certificates()],
      });
      const sandbox =
        isolation.kind === 'namespaces'
          ? sandboxCommand(isolation.by, spec)
          : undefined;
      return await work(
        run.workspace,
        createRunAsOther({
          user,
          env: this.#env,
          limits: this.limits,
          sandbox,
        }),
      );
    } finally {
      await run.remove();
      giveBack();
    }
  }

  #certificates(): Array<[string, string]> {
    const file = this.#env.NODE_EXTRA_CA_CERTS;
    return file && existsSync(file) ? [[file, file]] : [];
  }
}

/** An address with a password in it stays here. */
function entryWithoutSecret(
  name: string,
  value: string | undefined,
): Array<[string, string]> {
  return value === undefined || /\/\/[^/]*@/.test(value) ? [] : [[name, value]];
}
