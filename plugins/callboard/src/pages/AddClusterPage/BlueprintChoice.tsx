import { Radio, RadioGroup } from '@backstage/ui';
import type { BlueprintVersionChoice } from '../BlueprintsPage/listVersions';
import styles from './ClusterForm.module.css';

const NONE = ''; // no blueprint has this name

export interface BlueprintChoiceProps {
  /** Blueprints that a cluster can run. */
  choices: BlueprintVersionChoice[];
  value?: string;
  /** `undefined`: no blueprint. */
  onChange: (name: string | undefined) => void;
}

/** Choice of the cluster's blueprint, each with its purpose. */
export function BlueprintChoice({
  choices,
  value,
  onChange,
}: BlueprintChoiceProps): JSX.Element {
  if (choices.length === 0) {
    return (
      <p className={styles.quiet}>
        The platform defines no active blueprint: the cluster joins without one.
      </p>
    );
  }
  return (
    <RadioGroup
      label="Blueprint"
      description="What Callboard puts on it and keeps there."
      value={value ?? NONE}
      onChange={name => onChange(name === NONE ? undefined : name)}
    >
      {choices.map(blueprint => (
        <Radio
          key={blueprint.name}
          value={blueprint.name}
          className={styles.choice}
        >
          <span className={styles.choiceText}>
            <span className={styles.choiceName}>
              {blueprint.title}{' '}
              <span className={styles.quiet}>version {blueprint.version}</span>
            </span>
            <span className={styles.quiet}>{describe(blueprint)}</span>
          </span>
        </Radio>
      ))}
      <Radio value={NONE} className={styles.choice}>
        <span className={styles.choiceText}>
          <span className={styles.choiceName}>No blueprint</span>
          <span className={styles.quiet}>
            Callboard puts nothing on it but apps. Apps that require a blueprint
            are not placed there.
          </span>
        </span>
      </Radio>
    </RadioGroup>
  );
}

function describe({ description, base }: BlueprintVersionChoice): string {
  return [
    description ?? 'No description',
    base === undefined ? undefined : `with all of ${base}`,
  ]
    .filter(Boolean)
    .join(', ');
}
