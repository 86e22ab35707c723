import type { FieldError } from '../errors';
import type { SimObject } from '../json';
import type { Registry } from './Registry';

/** What is special about the objects of one kind. Objects handed in are the strategy's own to change. */
export interface KindStrategy {
  /** Fills in what a server fills in. Runs on every write; must change nothing the second time. */
  setDefaults?(object: SimObject): void;
  /** Before the first write: what a client may not set is taken away, what the server decides is set. */
  prepareForCreate?(object: SimObject, registry: Registry): void;
  prepareForUpdate?(next: SimObject, live: SimObject, registry: Registry): void;
  /** After ownership was computed: what the server allocates belongs to nobody. */
  allocate?(
    next: SimObject,
    live: SimObject | undefined,
    registry: Registry,
  ): void;
  release?(object: SimObject, registry: Registry): void;
  validate?(object: SimObject): FieldError[];
  validateUpdate?(next: SimObject, live: SimObject): FieldError[];
  /** Sentences for the `Warning` header. */
  warningsFor?(object: SimObject): string[];
  /** The same for every request, reading ones too. */
  requestWarnings?: readonly string[];
  /** `metadata.generation` counts changes of the spec. */
  hasGeneration?: boolean;
  /** A deletion answers with the object rather than with a Status. */
  answersDeletionWithObject?: boolean;
}
