import { Button, ButtonIcon, TextField } from '@backstage/ui';
import { RiAddLine, RiCloseLine } from '@remixicon/react';
import { useId } from 'react';
import type { LabelDraft } from './judgeNewCluster';
import type { LabelSuggestions } from './suggestLabels';
import styles from './ClusterForm.module.css';

export interface LabelRowsProps {
  labels: LabelDraft[];
  /** Errors of labels, by id. */
  faults: Record<number, string>;
  suggestions: LabelSuggestions;
  onChange: (labels: LabelDraft[]) => void;
}

/** Labels as rows of key and value, with those of the fleet as suggestions. */
export function LabelRows({
  labels,
  faults,
  suggestions,
  onChange,
}: LabelRowsProps): JSX.Element {
  const title = useId();
  const note = useId();
  const change = (id: number, part: Partial<LabelDraft>) =>
    onChange(
      labels.map(label => (label.id === id ? { ...label, ...part } : label)),
    );
  return (
    <div
      role="group"
      aria-labelledby={title}
      aria-describedby={note}
      className={styles.labels}
    >
      <div>
        <p id={title} className={styles.legend}>
          Labels
        </p>
        <p id={note} className={styles.quiet}>
          Environments choose clusters by them. A row without a value is left
          out.
        </p>
      </div>
      {labels.map((label, index) => (
        <Row
          key={label.id}
          label={label}
          fault={faults[label.id]}
          number={index + 1}
          values={suggestions.valuesOf(label.key)}
          onChange={part => change(label.id, part)}
          onRemove={() => onChange(labels.filter(({ id }) => id !== label.id))}
        />
      ))}
      <div>
        <Button
          variant="tertiary"
          iconStart={<RiAddLine />}
          onPress={() => onChange([...labels, emptyAfter(labels)])}
        >
          Add a label
        </Button>
      </div>
    </div>
  );
}

function Row({
  label: { key, value },
  fault,
  number,
  values,
  onChange,
  onRemove,
}: {
  label: LabelDraft;
  fault?: string;
  number: number;
  values: string[];
  onChange: (part: Partial<LabelDraft>) => void;
  onRemove: () => void;
}): JSX.Element {
  const named = key === '' ? `label ${number}` : key;
  return (
    <div className={styles.row}>
      <TextField
        aria-label={`Key of label ${number}`}
        placeholder="key"
        autoComplete="off"
        spellCheck="false"
        value={key}
        onChange={text => onChange({ key: text })}
      />
      <span aria-hidden="true">=</span>
      <TextField
        aria-label={`Value of ${named}`}
        placeholder="value"
        autoComplete="off"
        spellCheck="false"
        value={value}
        onChange={text => onChange({ value: text })}
        validationBehavior="aria"
        validate={() => fault}
      />
      <ButtonIcon
        variant="tertiary"
        aria-label={`Remove ${named}`}
        icon={<RiCloseLine />}
        onPress={onRemove}
      />
      {values.length > 0 && (
        <div className={styles.values}>
          {values.map(used => (
            <Button
              key={used}
              size="small"
              variant="secondary"
              aria-label={`Set ${key} to ${used}`}
              aria-pressed={used === value}
              onPress={() => onChange({ value: used === value ? '' : used })}
            >
              {used}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function emptyAfter(labels: LabelDraft[]): LabelDraft {
  const id = Math.max(-1, ...labels.map(label => label.id)) + 1;
  return { id, key: '', value: '' };
}
