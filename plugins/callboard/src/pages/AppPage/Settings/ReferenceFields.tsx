import { TextField } from '@backstage/ui';
import type { StoreReference } from '@callboard/plugin-callboard-common';
import styles from './Settings.module.css';

/** Reference to a secret in an external store. */
export function ReferenceFields({
  app,
  reference,
  faults,
  onChange,
}: {
  /** Name of the app. */
  app: string;
  reference: StoreReference;
  faults: { store?: string; key?: string };
  onChange: (reference: StoreReference) => void;
}): JSX.Element {
  const { clusterSecretStore, key, property = '' } = reference;
  return (
    <div className={styles.fields}>
      <TextField
        label="Store"
        description="One that the platform offers on the clusters."
        placeholder="vault"
        isRequired
        autoComplete="off"
        spellCheck="false"
        value={clusterSecretStore}
        onChange={store =>
          onChange({ ...reference, clusterSecretStore: store.trim() })
        }
        validationBehavior="aria"
        validate={() => faults.store}
      />
      <TextField
        label="Key"
        description={`Of the secret in the store. It begins with “${app}/”, where the platform says nothing else.`}
        placeholder={`${app}/payment`}
        isRequired
        autoComplete="off"
        spellCheck="false"
        value={key}
        onChange={text => onChange({ ...reference, key: text.trim() })}
        validationBehavior="aria"
        validate={() => faults.key}
      />
      <TextField
        label="Property"
        description="Where the secret has several values."
        placeholder="password"
        autoComplete="off"
        spellCheck="false"
        value={property}
        onChange={text => {
          const { property: _, ...rest } = reference;
          const named = text.trim();
          onChange(named === '' ? rest : { ...rest, property: named });
        }}
      />
    </div>
  );
}
