import { isRecord } from '@callboard/plugin-callboard-common';
import { readYaml } from './readYaml';

/** Settings of pnpm that say what is installed, and start nothing. */
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
 * A package.json without what starts programs: scripts, unless they are allowed,
 * and packages that pnpm loads as its own configuration.
 */
export function withoutCode(
  packageJson: string,
  { allowScripts }: { allowScripts: boolean },
): string {
  try {
    const read: unknown = JSON.parse(packageJson);
    if (!isRecord(read)) return packageJson; // a text has as many fields as characters
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

/** A pnpm-workspace.yaml of settings that start nothing, as JSON: that is YAML too. */
export function withoutPnpmCode(yaml: string): string {
  return JSON.stringify(pick(readYaml(yaml)));
}

function pick(settings: unknown): object {
  if (typeof settings !== 'object' || settings === null) return {};
  return Object.fromEntries(
    Object.entries(settings).filter(([key]) => PNPM_SETTINGS.includes(key)),
  );
}
