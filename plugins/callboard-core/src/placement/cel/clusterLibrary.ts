import type { Environment } from '@marcbachmann/cel-js';
import type { AddOnScores } from '@callboard/plugin-callboard-common';
import { SCORES } from './clusterVariable';

const MOST_JSON_CHARACTERS = 100_000; // claims are short; a longer text is not a claim

/**
 * Registers `managedCluster.scores("resource")` and `"text".parseJSON()`.
 *
 * Source: open-cluster-management.io/sdk-go pkg/cel/library (1.0). Numbers from
 * JSON are doubles, as there.
 */
export function registerClusterLibrary(environment: Environment): void {
  environment.registerFunction('dyn.scores(string): list<dyn>', findScores);
  environment.registerFunction('string.parseJSON(): dyn', parseJson);
}

function findScores(cluster: unknown, resource: string): unknown[] {
  const all = (cluster as { [SCORES]?: AddOnScores[] } | null)?.[SCORES];
  const found = all?.find(candidate => candidate.resource === resource);
  if (found === undefined)
    throw new Error(`failed to get score: ${resource} not found`);
  return found.scores.map(({ name, value }) => ({
    name,
    value: BigInt(Math.trunc(value)),
  }));
}

function parseJson(text: string): unknown {
  if (text.length > MOST_JSON_CHARACTERS)
    throw new Error('the JSON text is too long');
  return JSON.parse(text);
}
