import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type BlueprintFile,
  type ClusterFile,
  type ClusterSetFile,
  describeBytes,
  locateInPlatformFile,
  type EnvironmentFile,
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
  compileHealthRules,
  type HealthRule,
  type ModulePlacementRule,
} from '@callboard/plugin-callboard-core';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Additions of modules to the platform's files. */
export interface AddedToPlatform {
  policies: readonly PolicyFile[];
  healthRules: readonly HealthRule[];
  placementRules: readonly ModulePlacementRule[];
}

export interface PlatformFoldersOptions {
  folders: readonly string[];
  logger: LoggerService;
  added?: AddedToPlatform;
}

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
const RULE_NAME = /^[a-z][a-z0-9-]{0,62}$/;
const MAX_FILE_BYTES = 1024 * 1024;

/**
 * The platform team's files, from folders of this machine. Of each folder only
 * the subfolders blueprints, clusters, clustersets, environments, health,
 * policies and provisioners are read: catalog entities and templates may be
 * beside them.
 *
 * Additions of modules are merged with the files from the start.
 *
 * `reload` reads changed files. A folder with a faulty file keeps its last
 * valid content; at the first reading the fault is thrown, since nothing could
 * run.
 */
export class PlatformFolders implements Platform {
  environments: readonly EnvironmentFile[] = [];
  blueprints: readonly BlueprintFile[] = [];
  clusterFiles: readonly ClusterFile[] = [];
  clusterSets: readonly ClusterSetFile[] = [];
  healthRules: readonly HealthRule[] = [];
  provisioners: readonly ProvisionerFile[] = [];
  policies: readonly PolicyFile[] = [];
  readonly placementRules: readonly ModulePlacementRule[];
  readonly #folders: readonly string[];
  readonly #logger: LoggerService;
  readonly #added: AddedToPlatform;
  #seen = '';

  private constructor({ folders, logger, added }: PlatformFoldersOptions) {
    this.#folders = folders;
    this.#logger = logger;
    this.#added = added ?? {
      policies: [],
      healthRules: [],
      placementRules: [],
    };
    this.placementRules = this.#added.placementRules;
  }

  static async open(options: PlatformFoldersOptions): Promise<PlatformFolders> {
    const platform = new PlatformFolders(options);
    const faults = [
      ...checkAdded(platform.#added),
      ...(await platform.reload()),
    ];
    if (faults.length > 0)
      throw new Error(faults.map(describeFault).join('\n'));
    return platform;
  }

  /** Reads the folders again when a file changed. Returns the problems in them. */
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
        checkPolicies([
          ...this.#added.policies,
          ...filesOfKind(files, 'Policy'),
        ])[0]);
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
    this.#takePolicies([
      ...this.#added.policies,
      ...filesOfKind(files, 'Policy'),
    ]);
    // Of two rules for one kind the later one applies: the platform team overrides modules.
    this.#takeRules([
      ...this.#added.healthRules,
      ...filesOfKind(files, 'HealthRules').flatMap(({ spec }) => spec.rules),
    ]);
  }

  /** Replaced only when a policy changed: each new list triggers a new check of everything that runs. */
  #takePolicies(policies: readonly PolicyFile[]): void {
    if (JSON.stringify(policies) !== JSON.stringify(this.policies))
      this.policies = policies;
  }

  /** Replaced only when a rule changed: each new list triggers a new assessment of every object. */
  #takeRules(rules: readonly HealthRule[]): void {
    if (JSON.stringify(rules) !== JSON.stringify(this.healthRules))
      this.healthRules = rules;
  }

  async #listFiles(): Promise<string[]> {
    const paths: string[] = [];
    for (const folder of this.#folders) {
      for (const subfolder of SUBFOLDERS) {
        const names = await readdir(join(folder, subfolder)).catch(() => []); // all subfolders are optional
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

/** Returns the problems of what modules added. */
function checkAdded({
  policies,
  healthRules,
  placementRules,
}: AddedToPlatform): Problem[] {
  const rules = compileHealthRules(healthRules);
  return [
    ...checkPolicies(policies),
    ...(rules.ok ? [] : [rules.problem]),
    ...checkPlacementRules(placementRules),
  ];
}

/** Reasons contain the rule's name, so names must be unique. */
function checkPlacementRules(rules: readonly ModulePlacementRule[]): Problem[] {
  const names = rules.map(({ name }) => name);
  return names.flatMap((name, index) => {
    const isTaken = names.indexOf(name) !== index;
    if (RULE_NAME.test(name) && !isTaken) return [];
    return [
      {
        code: 'placement-rule-invalid' as const,
        what: `Cannot use the placement rule "${name}" of a module`,
        why: isTaken
          ? 'another module adds one of this name'
          : 'its name is not of lower case letters, digits and dashes',
        next: 'Give it another name in the module',
        transient: false,
      },
    ];
  });
}

/** Returns the problems in rules and templates of a file; its schema was validated before. */
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
