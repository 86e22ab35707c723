import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** Returns the absolute path of a file that is part of this package. */
export function assetPath(name: string): string {
  return resolvePackagePath(
    '@callboard/plugin-callboard-backend-module-playground',
    'assets',
    name,
  );
}
