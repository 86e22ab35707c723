import parseVersion from 'semver/functions/parse';

/**
 * Returns whether one version comes before another, by semantic versioning: a
 * pre-release before its release; build metadata is ignored. A text that is not
 * a version (no three numbers) is never older.
 */
export function isOlderVersion(version: string, than: string): boolean {
  const [a, b] = [parseVersion(version), parseVersion(than)];
  return a !== null && b !== null && a.compare(b) < 0;
}
