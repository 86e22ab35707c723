import { Radio, RadioGroup, TextField } from '@backstage/ui';
import type { Exposure } from '@callboard/plugin-callboard-common';
import type { ExposureDraft } from './judgeNewCluster';
import styles from './ClusterForm.module.css';

const CHOICES: Array<{ type: Exposure['type']; name: string; says: string }> = [
  {
    type: 'ClusterIP',
    name: 'From inside only',
    says: 'Apps have no address outside of the cluster',
  },
  {
    type: 'NodePort',
    name: 'Through a port of its nodes',
    says: 'Each app gets a port at one address: a small site without a load balancer',
  },
  {
    type: 'LoadBalancer',
    name: 'Through a load balancer',
    says: 'The cluster gives each app an address of its own',
  },
];

export interface ExposureChoiceProps {
  value: ExposureDraft;
  /** The error of the address. */
  fault?: string;
  onChange: (value: ExposureDraft) => void;
}

/** Choice of how apps on the cluster are reached. */
export function ExposureChoice({
  value,
  fault,
  onChange,
}: ExposureChoiceProps): JSX.Element {
  return (
    <div className={styles.labels}>
      <RadioGroup
        label="How apps are reached"
        description="Callboard builds the addresses of apps from it and shows them on their pages."
        value={value.type}
        onChange={chosen => {
          const type = CHOICES.find(choice => choice.type === chosen)?.type;
          if (type) onChange({ ...value, type });
        }}
      >
        {CHOICES.map(({ type, name, says }) => (
          <Radio key={type} value={type} className={styles.choice}>
            <span className={styles.choiceText}>
              <span className={styles.choiceName}>{name}</span>
              <span className={styles.quiet}>{says}</span>
            </span>
          </Radio>
        ))}
      </RadioGroup>
      {value.type === 'NodePort' && (
        <TextField
          label="Address of a node"
          description="An IP address or a name at which people reach one of its nodes."
          placeholder="10.0.0.7"
          isRequired
          autoComplete="off"
          spellCheck="false"
          value={value.host}
          onChange={host => onChange({ ...value, host })}
          validationBehavior="aria"
          validate={() => fault}
        />
      )}
    </div>
  );
}
