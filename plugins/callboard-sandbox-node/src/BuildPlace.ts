import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import type { Problem } from '@callboard/plugin-callboard-common';
import { type BuildLimits, DEFAULT_BUILD_LIMITS } from './BuildLimits';
import {
  type BuildEgress,
  EgressDoor,
  type EgressPolicy,
  allowedHosts,
  buildPolicy,
} from './egress';
import type { RunGroup } from './groups/RunGroup';
import type { OtherUser } from './otherUser';
import type { RunArea } from './RunArea';
import { INSIDE, RunFolder, sandboxCommand } from './isolation';
import { type RunAsOther, createRunAsOther } from './runAsOther';

const MOST_REFUSED = 100; // stored per build

/** Variables of the portal's environment that builds get: how this machine reaches its package registry. */
const PASSED_ON = ['NODE_EXTRA_CA_CERTS', 'npm_config_registry'];

/**
 * Runs builds: in a copy that belongs to a user that no other build has, in
 * namespaces if the machine supports them, within limits. In namespaces they
 * can connect to the hosts that the platform allows, and to no other part of
 * this machine's network.
 */
export class BuildPlace {
  readonly #area: RunArea;
  readonly #newId: () => string;
  readonly #env: Record<string, string>;
  readonly #policy: EgressPolicy;
  /** Limits of each run. */
  readonly limits: BuildLimits;

  constructor(options: {
    area: RunArea;
    newId: () => string;
    portalEnv: NodeJS.ProcessEnv;
    limits?: BuildLimits;
    /** Allowed in addition to the public registries and the one of the portal's environment. */
    egress?: BuildEgress;
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
    const { registries = [], hosts = [] } = options.egress ?? {};
    const own = this.#env.npm_config_registry;
    this.#policy = buildPolicy(
      allowedHosts({
        registries: [
          ...(own !== undefined && URL.canParse(own) ? [own] : []),
          ...registries,
        ],
        hosts,
      }),
    );
  }

  /**
   * Runs `work` on a copy of `source`, which is removed afterwards.
   *
   * @param options.isOffline - in namespaces it has no network access, and its
   *   home is not the copy
   * @param options.beside - a folder whose files are added to the copy
   * @param options.besides - the paths of these files: they are left out of
   *   `source`, where they may be links to elsewhere
   */
  async use<T>(
    source: string,
    work: (folder: string, runAsOther: RunAsOther) => Promise<T>,
    options: {
      isOffline?: boolean;
      beside?: string;
      besides?: ReadonlySet<string>;
    } = {},
  ): Promise<T> {
    const { isOffline = false, beside, besides } = options;
    const { isolation } = this.#area;
    const id = `build-${this.#newId()}`;
    const run = new RunFolder(join(this.#area.folder, `run-${id}`));
    const { user, release } = this.#area.takeBuildUser();
    const refused: Problem[] = [];
    let egress: EgressDoor | undefined;
    let group: RunGroup | undefined;
    try {
      await run.make();
      await cp(source, run.workspace, {
        recursive: true,
        verbatimSymlinks: true,
        ...(besides && {
          filter: (path: string) => !besides.has(relative(source, path)),
        }),
      });
      if (beside !== undefined)
        await cp(beside, run.workspace, {
          recursive: true,
          verbatimSymlinks: true,
        });
      await run.handOver(user);
      if (isolation.kind === 'namespaces' && !isOffline)
        egress = await this.#openEgress(id, { user, refused });
      const sandbox =
        isolation.kind === 'namespaces'
          ? sandboxCommand(
              isolation.by,
              await run.sandbox(user, { readOnly: this.#shown(egress) }),
            )
          : undefined;
      group = await this.#area.makeGroup(id, {
        ...this.limits,
        cpuMillicores: availableParallelism() * 1000,
      });
      return await work(
        run.workspace,
        createRunAsOther({
          user,
          env: { ...this.#env, ...this.#area.markOf(id) },
          limits: this.limits,
          measured: run.path,
          refused,
          ...(isOffline && { home: sandbox ? '/tmp' : run.tmp }),
          ...(group && { group }),
          ...(sandbox && { sandbox }),
          ...(egress && {
            helper: [INSIDE.node, INSIDE.helper, 'build', INSIDE.egress],
          }),
        }),
      );
    } finally {
      await group?.end();
      await this.#area.endMarked(id);
      await egress?.close();
      await run.remove();
      release();
    }
  }

  /**
   * @param refused - receives each refused host once
   */
  #openEgress(
    id: string,
    { user, refused }: { user: OtherUser | undefined; refused: Problem[] },
  ): Promise<EgressDoor> {
    return EgressDoor.open(this.#area.egressOf(id), {
      user,
      policy: this.#policy,
      onRefused: problem => {
        if (refused.length < MOST_REFUSED) refused.push(problem);
      },
    });
  }

  #shown(egress: EgressDoor | undefined): Array<[string, string]> {
    return [
      [INSIDE.node, this.#area.node],
      ...(egress
        ? ([
            [INSIDE.helper, this.#area.helper],
            [INSIDE.egress, egress.path],
          ] satisfies Array<[string, string]>)
        : []),
      ...this.#certificates(),
    ];
  }

  #certificates(): Array<[string, string]> {
    const file = this.#env.NODE_EXTRA_CA_CERTS;
    return file && existsSync(file) ? [[file, file]] : [];
  }
}

/** Leaves out an address that contains a password. */
function entryWithoutSecret(
  name: string,
  value: string | undefined,
): Array<[string, string]> {
  return value === undefined || /\/\/[^/]*@/.test(value) ? [] : [[name, value]];
}
