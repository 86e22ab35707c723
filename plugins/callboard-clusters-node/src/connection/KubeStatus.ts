import { isRecord } from '@callboard/plugin-callboard-common';
import { type JsonRecord } from './readKubeObject';

/** What an API server says instead of an object, as far as it is read here. */
export interface KubeStatus {
  reason: string;
  message: string;
  /** Name and kind of the object that is meant, where one is. */
  name?: string;
  causes: Array<{ reason: string; message: string; field: string }>;
}

const MAX_MESSAGE = 500; // characters; validation errors may quote whole objects

/** Reads a `Status` (v1) from an answer; undefined when it is something else. */
export function readStatus(body: unknown): KubeStatus | undefined {
  if (!isRecord(body) || body.kind !== 'Status') return undefined;
  const details: JsonRecord = isRecord(body.details) ? body.details : {};
  const causes = Array.isArray(details.causes)
    ? details.causes.filter(isRecord)
    : [];
  return {
    reason: text(body.reason),
    message: text(body.message),
    ...(typeof details.name === 'string' ? { name: details.name } : {}),
    causes: causes.slice(0, 50).map(cause => ({
      reason: text(cause.reason),
      message: text(cause.message),
      field: text(cause.field),
    })),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MAX_MESSAGE) : '';
}
