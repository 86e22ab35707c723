import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ApiAccess } from './ApiServer';
import { readKubeconfig } from './readKubeconfig';

/** As a kubeconfig says that lies beside the agent. */
export function readKubeconfigAccess(file: string): ApiAccess {
  return readKubeconfig(parse(readFileSync(file, 'utf8')));
}
