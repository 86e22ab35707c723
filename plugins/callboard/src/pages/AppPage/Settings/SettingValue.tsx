import {
  countOf,
  type SettingReference,
  type SettingView,
} from '@callboard/plugin-callboard-common';
import styles from './Settings.module.css';

const SHORT = 120; // characters; fits into a cell

/** Value of a variable; a long one expands. For a secret only that it is one, or its reference. */
export function SettingValue({
  setting: { name, secret, value, reference },
}: {
  setting: Pick<SettingView, 'name' | 'secret' | 'value' | 'reference'>;
}): JSX.Element {
  if (reference)
    return (
      <>
        <span className={styles.quiet}>{describePlace(reference)}</span>{' '}
        <code className={styles.value}>{describeKey(reference)}</code>
      </>
    );
  if (secret || value === undefined)
    return <span className={styles.quiet}>Secret, never shown</span>;
  if (value === '') return <span className={styles.quiet}>Empty</span>;
  const lines = value.split('\n');
  if (value.length <= SHORT && lines.length === 1)
    return <code className={styles.value}>{value}</code>;
  return (
    <details className={styles.long}>
      <summary aria-label={`Value of ${name}`}>
        <code className={styles.value}>{lines[0].slice(0, SHORT)}…</code>{' '}
        <span className={styles.quiet}>
          {lines.length > 1
            ? countOf(lines.length, 'line')
            : countOf(value.length, 'character')}
        </span>
      </summary>
      <pre className={styles.value}>{value}</pre>
    </details>
  );
}

function describePlace(reference: SettingReference): string {
  return 'portalSecret' in reference
    ? 'A secret of the portal'
    : `In the store ${reference.clusterSecretStore}`;
}

/** `shop/payment, property key` */
function describeKey(reference: SettingReference): string {
  if ('portalSecret' in reference) return reference.portalSecret;
  const { key, property } = reference;
  return property === undefined ? key : `${key}, property ${property}`;
}
