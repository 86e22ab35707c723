import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type BlueprintFile,
  type ClusterFile,
  type ClusterSetFile,
  describeBytes,
  locateInPlatformFile,
  type EnvironmentFile,
  type HealthRulesFile,
  parsePlatformFiles,
  type PlatformFile,
  type PolicyFile,
  type Problem,
  type ProvisionerFile,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import type { Platform } from '@callboard/plugin-callboard-control-plane';
import {
  checkPlatformFiles,
  checkPolicies,
  checkProvisioners,
} from '@callboard/plugin-callboard-core';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

type HealthRules = HealthRulesFile['spec']['rules'];

const SUBFOLDERS = [
  'blueprints',
  'clusters',
  'clustersets',
  'environments',
  'health',
  'policies',
  'provisioners',
];
const MAX_FILES = 2_000;
const MAX_FILE_BYTES = 1024 * 1024;

/**
 * The platform team's files, from folders of this machine. Of each folder only
 * the subfolders blueprints, clusters, clustersets, environments, health,
 * policies and provisioners are read: catalog entities and templates may lie beside them.
 *
 * `reload` reads what changed. A folder with a faulty file keeps what it said
 * before; at the first reading the fault is thrown, since nothing could run.
 */
export class PlatformFolders implements Platform {
  environments: readonly EnvironmentFile[] = [];
  blueprints: readonly BlueprintFile[] = [];
  clusterFiles: readonly ClusterFile[] = [];
  clusterSets: readonly ClusterSetFile[] = [];
  healthRules: Readonly<HealthRules> = [];
  provisioners: readonly ProvisionerFile[] = [];
  policies: readonly PolicyFile[] = [];
  readonly #folders: readonly string[];
  readonly #logger: LoggerService;
  #seen = '';

  private constructor(folders: readonly string[], logger: LoggerService) {
    this.#folders = folders;
    this.#logger = logger;
  }

  static async open(options: {
    folders: readonly string[];
    logger: LoggerService;
  }): Promise<PlatformFolders> {
    const platform = new PlatformFolders(options.folders, options.logger);
    const faults = await platform.reload();
    if (faults.length > 0)
      throw new Error(faults.map(describeFault).join('\n'));
    return platform;
  }

  /** Reads the folders again when a file changed. Returns what is wrong with them. */
  async reload(): Promise<Problem[]> {
    const paths = await this.#listFiles();
    const stats = await Promise.all(paths.map(path => stat(path)));
    const state = paths
      .map(
        (path, index) => `${path} ${stats[index].mtimeMs} ${stats[index].size}`,
      )
      .join('\n');
    if (state === this.#seen) return [];
    this.#seen = state;
    const files: PlatformFile[] = [];
    const faults: Problem[] = [];
    for (const [index, path] of paths.entries()) {
      if (stats[index].size > MAX_FILE_BYTES) {
        this.#logger.warn(
          `${path} was left out: it is larger than ${describeBytes(
            MAX_FILE_BYTES,
          )}`,
        );
        continue;
      }
      const text = await readFile(path, 'utf8');
      const file = relative(process.cwd(), path);
      const parsed = parsePlatformFiles(text, { file });
      const fault = parsed.ok
        ? checkWords(parsed.value, { text, file })
        : parsed.problem;
      if (fault) faults.push(fault);
      else if (parsed.ok) files.push(...parsed.value);
    }
    const taken =
      faults.length === 0 &&
      (checkProvisioners(filesOfKind(files, 'Provisioner')) ??
        checkPolicies(filesOfKind(files, 'Policy'))[0]);
    if (taken) faults.push(taken);
    faults.forEach(fault =>
      this.#logger.warn(describeFault(fault), { code: fault.code }),
    );
    if (faults.length === 0) this.#take(files);
    return faults;
  }

  #take(files: PlatformFile[]): void {
    this.environments = filesOfKind(files, 'Environment');
    this.blueprints = filesOfKind(files, 'Blueprint');
    this.clusterFiles = filesOfKind(files, 'Cluster');
    this.clusterSets = filesOfKind(files, 'ClusterSet');
    this.provisioners = filesOfKind(files, 'Provisioner');
    this.#takePolicies(filesOfKind(files, 'Policy'));
    this.#takeRules(
      filesOfKind(files, 'HealthRules').flatMap(({ spec }) => spec.rules),
    );
  }

  /** Another list only where a policy changed: each change has what runs judged again. */
  #takePolicies(policies: readonly PolicyFile[]): void {
    if (JSON.stringify(policies) !== JSON.stringify(this.policies))
      this.policies = policies;
  }

  /** Another list only where a rule changed: each change has every object judged again. */
  #takeRules(rules: HealthRules): void {
    if (JSON.stringify(rules) !== JSON.stringify(this.healthRules))
      this.healthRules = rules;
  }

  async #listFiles(): Promise<string[]> {
    const paths: string[] = [];
    for (const folder of this.#folders) {
      for (const subfolder of SUBFOLDERS) {
        const names = await readdir(join(folder, subfolder)).catch(() => []); // none of them must exist
        paths.push(
          ...names
            .filter(name => /\.ya?ml$/.test(name))
            .map(name => join(folder, subfolder, name)),
        );
      }
    }
    if (paths.length > MAX_FILES)
      throw new Error(
        `More than ${MAX_FILES} platform files in ${this.#folders.join(', ')}`,
      );
    return paths.sort();
  }
}

/** What is wrong with what a file says in its rules and templates; its form was checked before. */
function checkWords(
  files: PlatformFile[],
  { text, file }: { text: string; file: string },
): Problem | undefined {
  const [problem] = checkPlatformFiles(files, (name, path) =>
    locateInPlatformFile(text, { file, kind: 'Policy', name }, path),
  );
  return problem && { ...problem, at: problem.at ?? { file } };
}

function describeFault({ what, why, at }: Problem): string {
  const line = at?.line ? `, line ${at.line}` : '';
  return `${what}: ${why}${at ? ` (${at.file}${line})` : ''}`;
}
