import { type Result, failed, ok } from '@callboard/plugin-callboard-common';

/** Who installs the dependencies of a Node.js project, as its lockfile says. */
export interface PackageManager {
  name: 'npm' | 'yarn-classic' | 'yarn' | 'pnpm';
  lockfile: string;
  /** Installs exactly what the lockfile says, for production, without install scripts unless they are allowed. */
  command: string[];
  env: Record<string, string>;
}

export interface ProjectFiles {
  paths: readonly string[];
  packageJson: string;
  /** Text of yarn.lock where there is one: its first lines tell which Yarn wrote it. */
  yarnLock?: string;
}

/** Advertising newer versions of npm helps nobody who reads a build's output. */
const QUIET_NPM = { npm_config_update_notifier: 'false' };

const CLASSIC_YARN = '1.22.22';
const MODERN_YARN = '4.18.1';
const PNPM = '10.20.0';

/**
 * The package manager of a project; undefined when it has no dependencies.
 * Refuses dependencies without a lockfile: two builds of one revision would differ.
 */
export function findPackageManager(
  files: ProjectFiles,
  { allowScripts }: { allowScripts: boolean },
): Result<PackageManager | undefined> {
  const manifest = readManifest(files.packageJson);
  if (!manifest) return failed(manifestInvalid());
  if (manifest.hasWorkspaces) return failed(workspacesUnsupported());
  const has = (path: string) => files.paths.includes(path);
  if (has('package-lock.json') || has('npm-shrinkwrap.json'))
    return ok(npm(has('package-lock.json'), allowScripts));
  if (has('pnpm-lock.yaml'))
    return ok(pnpm(manifest.packageManager, allowScripts));
  if (has('yarn.lock')) {
    const isClassic = /^# yarn lockfile v1$/m.test(files.yarnLock ?? '');
    return ok(
      isClassic
        ? yarnClassic(allowScripts)
        : yarn(manifest.packageManager, allowScripts),
    );
  }
  return manifest.hasDependencies ? failed(lockfileMissing()) : ok(undefined);
}

function npm(isPlainLock: boolean, allowScripts: boolean): PackageManager {
  return {
    name: 'npm',
    lockfile: isPlainLock ? 'package-lock.json' : 'npm-shrinkwrap.json',
    command: [
      'npm',
      'ci',
      '--omit=dev',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      ...(allowScripts ? [] : ['--ignore-scripts']),
    ],
    env: QUIET_NPM,
  };
}

function pnpm(
  wanted: string | undefined,
  allowScripts: boolean,
): PackageManager {
  return {
    name: 'pnpm',
    lockfile: 'pnpm-lock.yaml',
    command: [
      ...throughNpm(`pnpm@${versionOf(wanted, 'pnpm') ?? PNPM}`, 'pnpm'),
      'install',
      '--prod',
      '--frozen-lockfile',
      '--config.node-linker=hoisted',
      ...(allowScripts ? [] : ['--ignore-scripts']),
    ],
    env: { ...QUIET_NPM, npm_config_manage_package_manager_versions: 'false' },
  };
}

function yarnClassic(allowScripts: boolean): PackageManager {
  return {
    name: 'yarn-classic',
    lockfile: 'yarn.lock',
    command: [
      ...throughNpm(`yarn@${CLASSIC_YARN}`, 'yarn'),
      'install',
      '--production',
      '--frozen-lockfile',
      '--non-interactive',
      ...(allowScripts ? [] : ['--ignore-scripts']),
    ],
    env: QUIET_NPM,
  };
}

function yarn(
  wanted: string | undefined,
  allowScripts: boolean,
): PackageManager {
  // "workspaces focus" leaves development dependencies out, and would quietly
  // resolve what the lockfile lacks; "--immutable" refuses that only where all is
  // installed. So the lockfile is brought up to date first, and must stay as it is.
  const install = [
    'cp yarn.lock yarn.lock.pushed',
    'yarn install --mode=update-lockfile',
    '{ cmp -s yarn.lock yarn.lock.pushed || { echo "yarn.lock is not up to date with package.json"; exit 1; }; }',
    'yarn workspaces focus --all --production',
  ].join(' && ');
  return {
    name: 'yarn',
    lockfile: 'yarn.lock',
    command: throughNpm(
      `@yarnpkg/cli-dist@${versionOf(wanted, 'yarn') ?? MODERN_YARN}`,
      'sh',
      '-c',
      install,
    ),
    env: {
      ...QUIET_NPM,
      YARN_NODE_LINKER: 'node-modules',
      YARN_ENABLE_SCRIPTS: String(allowScripts),
      YARN_ENABLE_TELEMETRY: 'false',
      YARN_ENABLE_GLOBAL_CACHE: 'false',
      YARN_ENABLE_PROGRESS_BARS: 'false',
    },
  };
}

function throughNpm(spec: string, ...command: string[]): string[] {
  return ['npm', 'exec', '--yes', `--package=${spec}`, '--', ...command];
}

/** `pnpm@9.1.0+sha…` of package.json's `packageManager`. */
function versionOf(
  wanted: string | undefined,
  name: string,
): string | undefined {
  return new RegExp(`^${name}@(\\d+\\.\\d+\\.\\d+[\\w.-]*)`).exec(
    wanted ?? '',
  )?.[1];
}

function readManifest(text: string):
  | {
      packageManager?: string;
      hasDependencies: boolean;
      hasWorkspaces: boolean;
    }
  | undefined {
  try {
    const json = JSON.parse(text) as {
      packageManager?: unknown;
      dependencies?: unknown;
      workspaces?: unknown;
    };
    const { packageManager, dependencies, workspaces } = json;
    return {
      ...(typeof packageManager === 'string' && { packageManager }),
      hasDependencies:
        typeof dependencies === 'object' &&
        dependencies !== null &&
        Object.keys(dependencies).length > 0,
      hasWorkspaces: workspaces !== undefined,
    };
  } catch {
    return undefined;
  }
}

function manifestInvalid() {
  return {
    code: 'package-json-invalid',
    what: 'Cannot read package.json',
    why: 'it is not valid JSON',
    next: 'Mend package.json and push again',
    transient: false,
  };
}

function workspacesUnsupported() {
  return {
    code: 'workspaces-unsupported',
    what: 'Cannot install the dependencies of package.json',
    why: 'it names workspaces, and an image is made of one package with its lockfile',
    next: 'Push the package that runs as a repository of its own',
    transient: false,
  };
}

function lockfileMissing() {
  return {
    code: 'lockfile-missing',
    what: 'Cannot install the dependencies of package.json',
    why: 'there is no lockfile, so nobody can tell which versions are meant',
    next: 'Run "npm install" (or yarn, or pnpm), commit the lockfile that it writes, and push again',
    transient: false,
  };
}
