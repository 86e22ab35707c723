import { isRecord } from '@callboard/tunnel';
import type { ObjectPlace } from './ObjectPlace';

/** An object as the hub applied it through this agent. */
export interface KeptObject {
  place: ObjectPlace;
  /** JSON as the hub sent it and the cluster took it; undefined before the first time. */
  wanted?: string;
  /** JSON as the hub sent it, where it is not known yet, or was never known, whether the cluster took it. */
  sent?: string;
}

/** As much of an object as the agent looks at. */
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

/** Written by the hub on whatever it applies: which desired state an object follows. */
export const FINGERPRINT = 'callboard.dev/fingerprint';
export const FIELD_MANAGER = 'callboard';

/** Reads an object out of JSON or an answer; undefined when it is none. */
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
