import { isRecord } from '@callboard/tunnel';
import type { ObjectPlace } from './ObjectPlace';

/** An object that the hub applied through this agent. */
export interface KeptObject {
  place: ObjectPlace;
  /** JSON of the last desired state that the cluster accepted; undefined before the first one. */
  wanted?: string;
  /** JSON that the hub sent last, while it is unknown whether the cluster accepted it. */
  sent?: string;
}

/** The fields of an object that the agent reads. */
export interface LiveObject {
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    resourceVersion?: string;
    deletionTimestamp?: string;
    labels?: Record<string, unknown>;
    annotations?: Record<string, unknown>;
    managedFields?: unknown;
  };
  [field: string]: unknown;
}

/** Annotation that the hub sets on every object it applies: identifies the object's desired state. */
export const FINGERPRINT = 'callboard.dev/fingerprint';
export const FIELD_MANAGER = 'callboard';

/** Reads an object from parsed JSON; undefined when it is none. */
export function readLiveObject(value: unknown): LiveObject | undefined {
  if (!isRecord(value) || typeof value.kind !== 'string') return undefined;
  const { metadata } = value;
  return isRecord(metadata) && typeof metadata.name === 'string'
    ? (value as LiveObject)
    : undefined;
}

export function parseObject(text: string): LiveObject | undefined {
  try {
    return readLiveObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function fingerprintIn(object: LiveObject): string | undefined {
  const value = object.metadata.annotations?.[FINGERPRINT];
  return typeof value === 'string' ? value : undefined;
}
