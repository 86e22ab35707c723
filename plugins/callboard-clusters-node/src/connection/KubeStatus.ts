import { isRecord } from '@callboard/plugin-callboard-common';
import { type JsonRecord } from './readKubeObject';

/** The parts of an API server's `Status` that are read here. */
export interface KubeStatus {
  reason: string;
  message: string;
  /** Name of the affected object, if there is one. */
  name?: string;
  causes: Array<{ reason: string; message: string; field: string }>;
}

const MAX_MESSAGE = 500; // characters; validation errors may quote whole objects

/** Reads a `Status` (v1) from a response; undefined for anything else. */
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
