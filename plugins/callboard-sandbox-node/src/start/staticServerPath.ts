import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** Path of the program that serves a folder without a program as static files. */
export function staticServerPath(): string {
  return resolvePackagePath(
    '@callboard/plugin-callboard-sandbox-node',
    'assets',
    'staticServer.cjs',
  );
}
