import {
  type Result,
  failed,
  ok,
  type Problem,
} from '@callboard/plugin-callboard-common';
import type { Project } from './Project';

/** The package manager of a Node.js project, and how it installs dependencies. */
export interface PackageManager {
  name: 'npm' | 'yarn-classic' | 'yarn' | 'pnpm';
  /** File with the exact versions. */
  lockfile: string;
  /** Whether the lockfile was pushed; otherwise the install resolves the versions and writes it. */
  isLocked: boolean;
  /** Installs the versions of the lockfile, without install scripts unless they are allowed. */
  command: string[];
  env: Record<string, string>;
}

/** The dependencies to install: those of production, or those of the build step too. */
export type InstallScope = 'production' | 'development';

interface InstallWay {
  isLocked: boolean;
  allowScripts: boolean;
  scope: InstallScope;
  /** `packageManager` of package.json. */
  wanted?: string;
}

/** Disables npm's notice about newer versions, which is noise in a build's output. */
const QUIET_NPM = { npm_config_update_notifier: 'false' };

const CLASSIC_YARN = '1.22.22';
const MODERN_YARN = '4.18.1';
const PNPM = '10.20.0';

/**
 * Finds the package manager of a project; undefined when it has no
 * dependencies. Without a lockfile it is the one that package.json names, else
 * npm.
 */
export function findPackageManager(
  { packageJson, files }: Pick<Project, 'packageJson' | 'files'>,
  {
    allowScripts,
    scope = 'production',
  }: { allowScripts: boolean; scope?: InstallScope },
): Result<PackageManager | undefined> {
  const manifest = readManifest(packageJson, scope);
  if (!manifest) return failed(manifestInvalid());
  const { packageManager: wanted, hasDependencies } = manifest;
  const locked: InstallWay = { isLocked: true, allowScripts, scope, wanted };
  if (files.has('package-lock.json')) return ok(npm(locked));
  if (files.has('npm-shrinkwrap.json'))
    return ok(npm(locked, 'npm-shrinkwrap.json'));
  if (files.has('pnpm-lock.yaml')) return ok(pnpm(locked));
  const yarnLock = files.get('yarn.lock');
  if (yarnLock !== undefined)
    return ok(
      /^# yarn lockfile v1$/m.test(yarnLock)
        ? yarnClassic(locked)
        : yarn(locked),
    );
  return ok(
    hasDependencies
      ? managerByName({ isLocked: false, allowScripts, scope, wanted })
      : undefined,
  );
}

function managerByName(way: InstallWay): PackageManager {
  if (versionOf(way.wanted, 'pnpm')) return pnpm(way);
  if (versionOf(way.wanted, 'yarn')?.startsWith('1.')) return yarnClassic(way);
  return versionOf(way.wanted, 'yarn') ? yarn(way) : npm(way);
}

function npm(
  { isLocked, allowScripts, scope }: InstallWay,
  lockfile = 'package-lock.json',
): PackageManager {
  return {
    name: 'npm',
    lockfile,
    isLocked,
    command: [
      'npm',
      isLocked ? 'ci' : 'install',
      scope === 'production' ? '--omit=dev' : '--include=dev',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      ...(allowScripts ? [] : ['--ignore-scripts']),
    ],
    env: QUIET_NPM,
  };
}

function pnpm({
  isLocked,
  allowScripts,
  scope,
  wanted,
}: InstallWay): PackageManager {
  return {
    name: 'pnpm',
    lockfile: 'pnpm-lock.yaml',
    isLocked,
    command: [
      ...throughNpm(`pnpm@${versionOf(wanted, 'pnpm') ?? PNPM}`, 'pnpm'),
      'install',
      scope === 'production' ? '--prod' : '--prod=false',
      isLocked ? '--frozen-lockfile' : '--no-frozen-lockfile',
      '--ignore-pnpmfile',
      '--config.node-linker=hoisted',
      ...(allowScripts ? [] : ['--ignore-scripts']),
    ],
    env: { ...QUIET_NPM, npm_config_manage_package_manager_versions: 'false' },
  };
}

function yarnClassic({
  isLocked,
  allowScripts,
  scope,
}: InstallWay): PackageManager {
  return {
    name: 'yarn-classic',
    lockfile: 'yarn.lock',
    isLocked,
    command: [
      ...throughNpm(`yarn@${CLASSIC_YARN}`, 'yarn'),
      'install',
      `--production=${scope === 'production'}`,
      ...(isLocked ? ['--frozen-lockfile'] : []),
      '--non-interactive',
      ...(allowScripts ? [] : ['--ignore-scripts']),
    ],
    env: QUIET_NPM,
  };
}

function yarn({
  isLocked,
  allowScripts,
  scope,
  wanted,
}: InstallWay): PackageManager {
  const version = versionOf(wanted, 'yarn');
  const modern = version?.startsWith('1.') ? undefined : version;
  // "workspaces focus" leaves development dependencies out, and would resolve entries that
  // the lockfile lacks without an error; "--immutable" refuses that only for a full install.
  // So the lockfile is updated first, and must not change.
  const update = 'yarn install --mode=update-lockfile';
  const check = [
    'cp yarn.lock yarn.lock.pushed',
    update,
    '{ cmp -s yarn.lock yarn.lock.pushed || { echo "yarn.lock is not up to date with package.json"; exit 1; }; }',
  ];
  // An empty lockfile marks the folder as a project of its own.
  const resolve = [': > yarn.lock', update];
  const install = [
    ...(isLocked ? check : resolve),
    scope === 'production'
      ? 'yarn workspaces focus --all --production'
      : 'yarn install',
  ].join(' && ');
  return {
    name: 'yarn',
    lockfile: 'yarn.lock',
    isLocked,
    command: throughNpm(
      `@yarnpkg/cli-dist@${modern ?? MODERN_YARN}`,
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
      YARN_IGNORE_PATH: 'true',
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

function readManifest(
  text: string,
  scope: InstallScope,
): { packageManager?: string; hasDependencies: boolean } | undefined {
  try {
    const json = JSON.parse(text) as {
      packageManager?: unknown;
      dependencies?: unknown;
      optionalDependencies?: unknown;
      devDependencies?: unknown;
    };
    const { packageManager, dependencies, optionalDependencies } = json;
    const development =
      scope === 'development' ? json.devDependencies : undefined;
    return {
      ...(typeof packageManager === 'string' && { packageManager }),
      hasDependencies: [dependencies, optionalDependencies, development].some(
        each =>
          typeof each === 'object' &&
          each !== null &&
          Object.keys(each).length > 0,
      ),
    };
  } catch {
    return undefined;
  }
}

function manifestInvalid(): Problem {
  return {
    code: 'package-json-invalid',
    what: 'Cannot read package.json',
    why: 'it is not valid JSON',
    next: 'Correct package.json and push again',
    transient: false,
  };
}
