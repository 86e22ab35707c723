import type { ClusterTraffic } from '@callboard/plugin-callboard-common';
import {
  describeErrors,
  describeLatency,
  describeRate,
} from '@callboard/plugin-callboard-core';
import styles from './Usage.module.css';

type Source = NonNullable<ClusterTraffic['source']>;

const SOURCES: Record<Source, string> = {
  istio: 'Istio',
  'envoy-gateway': 'Envoy Gateway',
  'ingress-nginx': 'ingress-nginx',
  app: 'the app itself',
};

/** Requests to an app on a cluster, or why they are unknown. */
export function Traffic({ traffic }: { traffic: ClusterTraffic }): JSX.Element {
  const { state, what, next, source, requestsPerSecond } = traffic;
  const numbers =
    requestsPerSecond === undefined
      ? []
      : [
          {
            name: 'Requests',
            text: `${describeRate(requestsPerSecond)} a second`,
          },
          {
            name: 'Errors',
            text: describeErrors(traffic) ?? 'not counted',
          },
          {
            name: 'Answers',
            text: describeLatency(traffic) ?? 'not measured',
          },
        ];
  return (
    <>
      {what !== undefined && (
        <p className={styles.notice} data-state={state}>
          {what}.{next !== undefined && ` ${next}.`}
        </p>
      )}
      {numbers.length > 0 && (
        <div
          className={styles.traffic}
          data-old={state === 'live' ? undefined : ''}
        >
          <dl className={styles.numbers}>
            {numbers.map(({ name, text }) => (
              <div key={name}>
                <dt className={styles.name}>{name}</dt>
                <dd className={styles.number}>{text}</dd>
              </div>
            ))}
          </dl>
          {source !== undefined && (
            <span className={styles.against}>
              Of the last 5 minutes, counted by {SOURCES[source]}
            </span>
          )}
        </div>
      )}
    </>
  );
}
