import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** Path of the first program in a sandbox of pushed code. */
export function sandboxHelperPath(): string {
  return resolvePackagePath(
    '@callboard/plugin-callboard-sandbox-node',
    'assets',
    'sandboxHelper.cjs',
  );
}
