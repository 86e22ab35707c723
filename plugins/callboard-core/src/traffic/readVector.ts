import {
  type Problem,
  type Result,
  failed,
  isRecord,
  ok,
} from '@callboard/plugin-callboard-common';
import type { PrometheusAnswer, VectorSample } from './types';

const MOST_LABELS = 20; // of a series: a query returns a few
const MOST_CHARACTERS = 200; // of an error that is quoted

/** Parses the answer of a Prometheus to a query: a vector, or why there is none. */
export function readVector({
  status,
  body,
}: PrometheusAnswer): Result<VectorSample[]> {
  if (status === 401 || status === 403) return failed(refused(status));
  const answer = isRecord(body) ? body : {};
  if (status !== 200 || answer.status !== 'success')
    return failed(invalid(whyOf(status, answer)));
  const { data } = answer;
  if (
    !isRecord(data) ||
    data.resultType !== 'vector' ||
    !Array.isArray(data.result)
  )
    return failed(invalid('it answers something else than a vector'));
  return ok(data.result.flatMap(each => readSample(each) ?? []));
}

/** Returns undefined for other values, and for NaN and infinities, which a query without data gives. */
function readSample(sample: unknown): VectorSample | undefined {
  if (!isRecord(sample) || !isRecord(sample.metric)) return undefined;
  const text = Array.isArray(sample.value) ? sample.value[1] : undefined;
  const value = typeof text === 'string' && text !== '' ? Number(text) : NaN;
  if (!Number.isFinite(value) || value < 0) return undefined;
  const labels = Object.entries(sample.metric)
    .slice(0, MOST_LABELS)
    .filter((each): each is [string, string] => typeof each[1] === 'string');
  return { labels: Object.fromEntries(labels), value };
}

function whyOf(status: number, { error }: Record<string, unknown>): string {
  return typeof error === 'string' && error !== ''
    ? `it says: ${error.slice(0, MOST_CHARACTERS)}`
    : `it answers HTTP ${status}, and not as Prometheus does`;
}

function refused(status: number): Problem {
  return {
    code: 'prometheus-refused',
    what: 'Prometheus was not asked',
    why: `it does not accept the credentials (HTTP ${status})`,
    next: 'The platform team gives Callboard a token or an account that may query it',
    transient: false,
  };
}

function invalid(why: string): Problem {
  return {
    code: 'prometheus-answer-invalid',
    what: 'What Prometheus answers cannot be read',
    why,
    next: 'The platform team checks that the address leads to a Prometheus; it is asked again by itself',
    transient: true,
  };
}
