import { Button, ButtonIcon, Select, TextField } from '@backstage/ui';
import { type Cluster, nameCluster } from '@callboard/plugin-callboard-common';
import {
  dataOf,
  focusWhenDrawn,
  Panel,
  useBlueprints,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { RiCloseLine } from '@remixicon/react';
import { type FormEvent, useState } from 'react';
import { Choice } from '../AppPage/Choice';
import {
  type BlueprintVersionChoice,
  listVersions,
} from '../BlueprintsPage/listVersions';
import { WhatIfAnswer } from './WhatIfAnswer';
import {
  changeOf,
  RUNNING,
  WHAT_IF_ADDRESS,
  WHAT_IF_BUTTON,
  WHAT_IF_KINDS,
  type WhatIfAddress,
} from './whatIfAddress';
import styles from './WhatIfPanel.module.css';

/** Simulates changes of the fleet. Its whole state is in the address, so that a link shows a colleague the same. */
export function WhatIfPanel({
  clusters,
}: {
  clusters: Cluster[];
}): JSX.Element | null {
  const [address, setAddress] = useUrlState(WHAT_IF_ADDRESS);
  if (address.ask === '') return null;
  const change = changeOf(address);
  return (
    <Panel
      title="What if"
      tone="info"
      aside={
        <ButtonIcon
          size="small"
          variant="tertiary"
          aria-label="Close what if"
          icon={<RiCloseLine />}
          onPress={() => {
            setAddress(WHAT_IF_ADDRESS);
            focusWhenDrawn(`#${WHAT_IF_BUTTON}`);
          }}
        />
      }
    >
      <div className={styles.question}>
        <Choice
          label="What happens"
          value={address.ask}
          options={[...WHAT_IF_KINDS]}
          onChange={ask =>
            setAddress({ ask, on: clusterIn(address, clusters) })
          }
        />
        <Where address={address} clusters={clusters} onChange={setAddress} />
        {address.ask === 'label' && (
          <LabelField
            key={address.label}
            label={address.label}
            onChange={label => setAddress({ label })}
          />
        )}
        {address.ask === 'blueprint' && (
          <BlueprintField
            blueprint={address.blueprint}
            onChange={blueprint => setAddress({ blueprint })}
          />
        )}
      </div>
      {change ? (
        <WhatIfAnswer changes={[change]} />
      ) : (
        <p className={styles.hint}>{describeMissing(address)}</p>
      )}
    </Panel>
  );
}

interface FieldProps {
  address: WhatIfAddress;
  clusters: Cluster[];
  onChange: (part: Partial<WhatIfAddress>) => void;
}

function Where({ address, clusters, onChange }: FieldProps): JSX.Element {
  const running = [
    ...new Set(clusters.flatMap(({ blueprint }) => blueprint?.name ?? [])),
  ].sort();
  const options = [
    ...(address.ask === 'blueprint'
      ? running.map(name => ({
          id: `${RUNNING}${name}`,
          label: `Every cluster that runs ${name}`,
        }))
      : []),
    ...clusters.map(cluster => ({
      id: cluster.name,
      label: nameCluster(cluster),
    })),
  ];
  return (
    <div
      className={styles.field}
      title={options.find(({ id }) => id === address.on)?.label}
    >
      <Select
        label="Where"
        selectionMode="single"
        searchable={options.length > 12}
        placeholder="Choose a cluster"
        value={address.on === '' ? null : address.on}
        onChange={key => onChange({ on: String(key ?? '') })}
        options={options}
      />
    </div>
  );
}

/** Sent on submit, not at every letter: each question judges the whole fleet. */
function LabelField({
  label,
  onChange,
}: {
  label: string;
  onChange: (label: string) => void;
}): JSX.Element {
  const [text, setText] = useState(label);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onChange(text.trim());
  };
  return (
    <form className={styles.label} onSubmit={send}>
      <TextField
        label="Label"
        placeholder="region=us"
        autoComplete="off"
        spellCheck="false"
        value={text}
        onChange={setText}
        className={styles.field}
      />
      <Button type="submit" variant="secondary">
        Ask
      </Button>
    </form>
  );
}

function BlueprintField({
  blueprint,
  onChange,
}: {
  blueprint: string;
  onChange: (blueprint: string) => void;
}): JSX.Element {
  const known = listVersions(dataOf(useBlueprints()) ?? []).map(each => ({
    id: `${each.name}@${each.version}`,
    label: describeBlueprint(each),
  }));
  const isKnown = blueprint === '' || known.some(({ id }) => id === blueprint);
  return (
    <Select
      label="Blueprint"
      selectionMode="single"
      placeholder="Choose a version"
      value={blueprint === '' ? null : blueprint}
      onChange={key => onChange(String(key ?? ''))}
      options={
        isKnown
          ? known
          : [...known, { id: blueprint, label: blueprint.replace('@', ' ') }]
      }
      className={styles.field}
    />
  );
}

function describeBlueprint({
  name,
  version,
  state,
}: BlueprintVersionChoice): string {
  return state === 'active'
    ? `${name} ${version}`
    : `${name} ${version}, ${state}`;
}

/** "Every cluster that runs golden" is only valid for a change of blueprint. */
function clusterIn({ on }: WhatIfAddress, clusters: Cluster[]): string {
  return clusters.some(({ name }) => name === on) ? on : '';
}

function describeMissing({ ask, on }: WhatIfAddress): string {
  if (on === '')
    return 'Choose a cluster to see what would happen to its apps.';
  if (ask === 'label')
    return 'Write a label, such as region=us; a key alone takes it off.';
  return 'Choose the blueprint it would run.';
}
