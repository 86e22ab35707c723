import { Button } from '@backstage/ui';
import { type Cluster, countOf } from '@callboard/plugin-callboard-common';
import { ScheduleSeveral } from './ScheduleSeveral';
import { LabelSeveral } from './LabelSeveral';
import styles from './SelectionBar.module.css';

/** Id of the button that compares two clusters. */
export const COMPARE_BUTTON = 'callboard-compare';

export type SeveralAction = '' | 'cordon' | 'uncordon' | 'label';

/** Actions on the selected clusters, and the dialog of the chosen one. */
export function SelectionBar({
  selected,
  action,
  onAction,
  onCompare,
  onClear,
}: {
  selected: Cluster[];
  action: SeveralAction;
  onAction: (action: SeveralAction) => void;
  onCompare: () => void;
  onClear: () => void;
}): JSX.Element {
  const close = () => onAction('');
  const isAny = (isOpen: boolean) =>
    selected.some(({ scheduling }) => (scheduling.state === 'open') === isOpen);
  return (
    <div className={styles.bar} role="group" aria-label="Selected clusters">
      <span className={styles.count} aria-live="polite">
        {countOf(selected.length, 'cluster')} selected
      </span>
      {isAny(true) && (
        <Button variant="secondary" onPress={() => onAction('cordon')}>
          Cordon…
        </Button>
      )}
      {isAny(false) && (
        <Button variant="secondary" onPress={() => onAction('uncordon')}>
          Accept apps again…
        </Button>
      )}
      <Button variant="secondary" onPress={() => onAction('label')}>
        Label…
      </Button>
      <Button
        id={COMPARE_BUTTON}
        variant="secondary"
        isDisabled={selected.length !== 2}
        onPress={onCompare}
      >
        {selected.length === 2 ? 'Compare' : 'Compare (select two)'}
      </Button>
      <Button variant="tertiary" onPress={onClear}>
        Clear selection
      </Button>
      {(action === 'cordon' || action === 'uncordon') && (
        <ScheduleSeveral to={action} clusters={selected} onClose={close} />
      )}
      {action === 'label' && (
        <LabelSeveral clusters={selected} onClose={close} />
      )}
    </div>
  );
}
