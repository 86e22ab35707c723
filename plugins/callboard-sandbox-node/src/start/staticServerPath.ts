import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** The program that serves the files of a folder that holds no program. */
export function staticServerPath(): string {
  return resolvePackagePath(
    '@callboard/plugin-callboard-sandbox-node',
    'assets',
    'staticServer.cjs',
  );
}
