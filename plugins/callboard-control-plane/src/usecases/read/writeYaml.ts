import {
  type KubeObject,
  describeBytes,
} from '@callboard/plugin-callboard-common';
import { stringify } from 'yaml';
import { inUsualOrder } from './inUsualOrder';

const MOST_AS_YAML = 64 * 1024; // characters of JSON: writing YAML takes a hundred times as long
const MOST_SHOWN = 128 * 1024;

/**
 * Formats an object for people. A large one is written as JSON, which is YAML
 * too, and the end of a very large one is left out: a cluster decides how large
 * its objects are, and writing one blocks the portal's pages.
 */
export function writeYaml(object: KubeObject): string {
  const ordered = inUsualOrder(object);
  const json = JSON.stringify(ordered, undefined, 2);
  if (json.length <= MOST_AS_YAML) return stringify(ordered);
  if (json.length <= MOST_SHOWN) return json;
  return `${json.slice(
    0,
    MOST_SHOWN,
  )}\n# The rest is left out: the object has ${describeBytes(json.length)}\n`;
}
