import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** Absolute path of a file that this package brings along. */
export function assetPath(name: string): string {
  return resolvePackagePath(
    '@callboard/plugin-callboard-backend-module-playground',
    'assets',
    name,
  );
}
