import type { TrafficSource } from '@callboard/plugin-callboard-common';
import { NAMESPACE_LABEL, codeLabels } from './trafficQueries';
import type { TrafficNumbers, VectorSample } from './types';

/** Answer of one source. */
export interface SourceVectors {
  source: TrafficSource;
  requests: readonly VectorSample[];
  latency: readonly VectorSample[];
}

/**
 * Merges answers by namespace, each from the first source that counts it:
 * sources count the same requests, so they are never added.
 *
 * @param answers - by precedence, the highest first
 */
export function mergeTraffic(
  answers: readonly SourceVectors[],
): Map<string, TrafficNumbers> {
  const merged = new Map<string, TrafficNumbers>();
  for (const { source, requests, latency } of answers) {
    const counted = new Map<string, TrafficNumbers>();
    for (const { labels, value } of requests) {
      const namespace = labels[NAMESPACE_LABEL];
      if (!namespace || merged.has(namespace)) continue;
      const before = counted.get(namespace);
      const isError = isErrorOf(labels, source);
      // One series without a response code makes the number of errors unknown.
      const areErrorsKnown =
        isError !== undefined && (!before || 'errorsPerSecond' in before);
      counted.set(namespace, {
        source,
        requestsPerSecond: (before?.requestsPerSecond ?? 0) + value,
        ...(areErrorsKnown && {
          errorsPerSecond:
            (before?.errorsPerSecond ?? 0) + (isError ? value : 0),
        }),
      });
    }
    for (const { labels, value } of latency) {
      const numbers = counted.get(labels[NAMESPACE_LABEL]);
      if (numbers) numbers.p95Seconds = value;
    }
    counted.forEach((numbers, namespace) => merged.set(namespace, numbers));
  }
  return merged;
}

/** Codes are `503`, classes of them `5` or `5xx`. */
function isErrorOf(
  labels: VectorSample['labels'],
  source: TrafficSource,
): boolean | undefined {
  const code = codeLabels(source)
    .map(label => labels[label])
    .find(each => each !== undefined && each !== '');
  return code === undefined ? undefined : code.startsWith('5');
}
