import parseVersion from 'semver/functions/parse';

/**
 * Whether one version comes before another, as semantic versioning orders them:
 * a pre-release before its release, build metadata without weight. A text that
 * is not a version (no three numbers) is never older.
 */
export function isOlderVersion(version: string, than: string): boolean {
  const [a, b] = [parseVersion(version), parseVersion(than)];
  return a !== null && b !== null && a.compare(b) < 0;
}
