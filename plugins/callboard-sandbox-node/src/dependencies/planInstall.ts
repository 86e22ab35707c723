import { type Result, ok } from '@callboard/plugin-callboard-common';
import {
  type InstallScope,
  type PackageManager,
  findPackageManager,
} from './PackageManager';
import type { PackageRegistry } from './PackageRegistry';
import { type Project, readProject } from './Project';
import {
  readRegistryChoices,
  renderNpmrc,
  renderYarnrc,
} from './registryChoices';

/** A planned install: package manager, project and warnings for people. */
export interface InstallPlan {
  project: Project;
  manager: PackageManager;
  /** Callboard's settings of the package manager, by path; may contain tokens. */
  settings: ReadonlyMap<string, string>;
  /** All inputs of the result, without secrets: the same text means the same install. */
  identity: string;
  warnings: string[];
}

export interface InstallRules {
  /** Whether install scripts of dependencies run. */
  allowScripts: boolean;
  registries: readonly PackageRegistry[];
  /** Production dependencies only when omitted. */
  scope?: InstallScope;
}

/** Plans the install of a revision's dependencies; undefined for revisions without any. */
export async function planInstall(
  folder: string,
  { allowScripts, registries, scope }: InstallRules,
): Promise<Result<InstallPlan | undefined>> {
  const read = await readProject(folder, { allowScripts });
  if (!read.ok) return read;
  const project = read.value;
  if (!project) return ok(undefined);
  const found = findPackageManager(project, { allowScripts, scope });
  if (!found.ok) return found;
  if (!found.value) return ok(undefined);
  const choices = readRegistryChoices(project.settings, registries);
  const { main, scopes } = choices;
  const { command, env, ...rest } = found.value;
  const manager = {
    ...rest,
    command,
    env: {
      ...env,
      // the machine's own registry is in the environment, which overrides a file
      ...(main !== undefined && {
        npm_config_registry: `${main}/`,
        YARN_NPM_REGISTRY_SERVER: main,
      }),
    },
  };
  return ok({
    project,
    manager,
    settings: new Map(
      rest.name === 'yarn'
        ? [['.yarnrc.yml', renderYarnrc(choices, registries)]]
        : [['.npmrc', renderNpmrc(choices, registries)]],
    ),
    identity: JSON.stringify([
      [...project.files],
      command,
      manager.env,
      scopes,
      process.versions.node,
    ]),
    warnings: [
      ...(manager.isLocked ? [] : [lockfileMissing(manager)]),
      ...choices.warnings,
    ],
  });
}

function lockfileMissing({ name, lockfile }: PackageManager): string {
  const program = name === 'yarn-classic' ? 'yarn' : name;
  return `No lockfile: this build chose the versions of dependencies. Run "${program} install" and commit ${lockfile}`;
}
