import type { BuildSettings } from '@callboard/plugin-callboard-common';
import { isRecord } from '@callboard/plugin-callboard-common';

/** The command that builds pushed code. */
export interface BuildLine {
  /** Argument of `sh -c`. */
  line: string;
  from: 'app.yaml' | 'package.json';
}

/** npm runs the script of any project, whichever package manager installed its dependencies. */
const OF_PACKAGE_JSON = 'npm run build';

/**
 * Finds the build step of a revision: the one in app.yaml, else the `build`
 * script of package.json. Undefined when there is none, or app.yaml disables
 * it.
 */
export function findBuildLine(
  packageJson: string | undefined,
  settings: BuildSettings | undefined,
): BuildLine | undefined {
  const command = settings?.command;
  if (command === false) return undefined;
  if (command !== undefined) return { line: command, from: 'app.yaml' };
  return hasBuildScript(packageJson)
    ? { line: OF_PACKAGE_JSON, from: 'package.json' }
    : undefined;
}

function hasBuildScript(packageJson: string | undefined): boolean {
  if (packageJson === undefined) return false;
  try {
    const manifest: unknown = JSON.parse(packageJson);
    const scripts = isRecord(manifest) ? manifest.scripts : undefined;
    const build = isRecord(scripts) ? scripts.build : undefined;
    return typeof build === 'string' && build.trim() !== '';
  } catch {
    return false; // the install reports the invalid file
  }
}
