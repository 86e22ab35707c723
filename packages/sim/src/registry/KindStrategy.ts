import type { FieldError } from '../errors';
import type { SimObject } from '../json';
import type { Registry } from './Registry';

/** The behaviour that is specific to objects of one kind. Functions may change the objects they get. */
export interface KindStrategy {
  /** Sets defaults as a server does. Runs on every write; must be idempotent. */
  setDefaults?(object: SimObject): void;
  /** Runs before the first write: removes fields that a client may not set, sets those that the server decides. */
  prepareForCreate?(object: SimObject, registry: Registry): void;
  prepareForUpdate?(next: SimObject, live: SimObject, registry: Registry): void;
  /** Runs after ownership is computed: allocated values are owned by no manager. */
  allocate?(
    next: SimObject,
    live: SimObject | undefined,
    registry: Registry,
  ): void;
  release?(object: SimObject, registry: Registry): void;
  validate?(object: SimObject): FieldError[];
  validateUpdate?(next: SimObject, live: SimObject): FieldError[];
  /** Messages for the `Warning` header. */
  warningsFor?(object: SimObject): string[];
  /** Warnings of every request, including reads. */
  requestWarnings?: readonly string[];
  /** `metadata.generation` counts changes of the spec. */
  hasGeneration?: boolean;
  /** A deletion responds with the object instead of a Status. */
  answersDeletionWithObject?: boolean;
}
