import type { KubeObject } from './KubeObject';
import { GENERATED_SECRET_NAME } from './labels';

/** Returns whether it is the Secret of values that Callboard generated for the resources of an app. */
export function isGeneratedSecret({ kind, metadata }: KubeObject): boolean {
  return kind === 'Secret' && metadata.name === GENERATED_SECRET_NAME;
}
