import { isRecord } from '@callboard/plugin-callboard-common';
import { readYaml } from './readYaml';

/** Settings of pnpm that select packages and start nothing. */
const PNPM_SETTINGS = [
  'packages',
  'catalog',
  'catalogs',
  'overrides',
  'packageExtensions',
  'peerDependencyRules',
  'autoInstallPeers',
  'excludeLinksFromLockfile',
  'ignoredOptionalDependencies',
  'onlyBuiltDependencies',
  'supportedArchitectures',
];

/**
 * Removes everything from a package.json that starts programs: scripts, unless
 * they are allowed, and packages that pnpm loads as its own configuration.
 */
export function withoutCode(
  packageJson: string,
  { allowScripts }: { allowScripts: boolean },
): string {
  try {
    const read: unknown = JSON.parse(packageJson);
    if (!isRecord(read)) return packageJson; // spreading a string would yield a field per character
    const { scripts, pnpm, ...rest } = read;
    return JSON.stringify(
      {
        ...rest,
        ...(allowScripts && scripts !== undefined && { scripts }),
        ...(typeof pnpm === 'object' && { pnpm: pick(pnpm) }),
      },
      undefined,
      2,
    );
  } catch {
    return packageJson; // refused before anything is installed
  }
}

/** Reduces a pnpm-workspace.yaml to settings that start nothing, in JSON, which is valid YAML. */
export function withoutPnpmCode(yaml: string): string {
  return JSON.stringify(pick(readYaml(yaml)));
}

function pick(settings: unknown): object {
  if (typeof settings !== 'object' || settings === null) return {};
  return Object.fromEntries(
    Object.entries(settings).filter(([key]) => PNPM_SETTINGS.includes(key)),
  );
}
