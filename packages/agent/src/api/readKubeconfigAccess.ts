import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ApiAccess } from './ApiServer';
import { readKubeconfig } from './readKubeconfig';

/** Reads access to an API server from a kubeconfig file in YAML. */
export function readKubeconfigAccess(file: string): ApiAccess {
  return readKubeconfig(parse(readFileSync(file, 'utf8')));
}
