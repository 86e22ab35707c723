import type { JsonValue } from '../json';

/** The type of a value, as required by server-side apply, strategic merge and strict decoding. */
export type Schema =
  | ScalarSchema
  | StructSchema
  | MapSchema
  | ListSchema
  | { kind: 'untyped' };

export interface ScalarSchema {
  kind: 'scalar';
  scalar:
    | 'string'
    | 'integer'
    | 'number'
    | 'boolean'
    | 'quantity'
    | 'int-or-string'
    | 'time'
    | 'bytes';
  /** int32, int64: used in messages. */
  format?: string;
}

export interface StructSchema {
  kind: 'struct';
  /** The Go type's name: `DeploymentSpec`. */
  name: string;
  fields: ReadonlyMap<string, Field>;
  atomic: boolean;
}

export interface MapSchema {
  kind: 'map';
  element(): Schema;
  atomic: boolean;
}

export interface ListSchema {
  kind: 'list';
  element(): Schema;
  /** How server-side apply merges two lists. */
  relation: 'atomic' | 'set' | 'map';
  /** Fields that identify an element where `relation` is `map`. */
  keys: readonly string[];
}

export interface Field {
  name: string;
  schema(): Schema;
  default?: JsonValue;
  isRequired: boolean;
  /** Strategic merge: `merge`, `retainKeys`. */
  patchStrategies: readonly string[];
  patchMergeKey?: string;
}
