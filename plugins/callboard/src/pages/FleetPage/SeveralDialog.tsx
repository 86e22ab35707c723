import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { countOf } from '@callboard/plugin-callboard-common';
import {
  type CallboardApi,
  type ClusterOutcome,
  Name,
  Surface,
  useClusterName,
  useEachCluster,
} from '@callboard/plugin-callboard-react';
import { type ReactNode, useState } from 'react';
import dialogStyles from '../ConfirmDialog.module.css';
import { reasonOf, WhyField } from '../WhyField';
import styles from './SeveralDialog.module.css';

/**
 * Runs an action on several clusters: describes it first, asks for a reason,
 * and reports the outcome of each. Closes by itself when all succeeded.
 */
export function SeveralDialog({
  title,
  confirm,
  clusters,
  isReady = true,
  act,
  onClose,
  children,
}: {
  title: string;
  confirm: string;
  clusters: readonly string[];
  /** Whether all required input is given. */
  isReady?: boolean;
  act: (
    api: CallboardApi,
    cluster: string,
    why: string | undefined,
  ) => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}): JSX.Element {
  const { outcomes, isRunning, run } = useEachCluster();
  const [why, setWhy] = useState('');
  const refused = outcomes.filter(({ state }) => state === 'refused');
  const go = async () => {
    const targets =
      refused.length > 0 ? refused.map(({ cluster }) => cluster) : clusters;
    const done = await run(targets, (api, cluster) =>
      act(api, cluster, reasonOf(why)),
    );
    if (done.every(({ state }) => state === 'done')) onClose();
  };
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={640}>
      <DialogHeader>{title}</DialogHeader>
      <DialogBody>
        <Surface>
          <div className={styles.body}>
            {outcomes.length === 0 ? (
              children
            ) : (
              <Outcomes outcomes={outcomes} />
            )}
            <WhyField
              description="For the journal of each cluster."
              value={why}
              onChange={setWhy}
            />
          </div>
        </Surface>
      </DialogBody>
      <DialogFooter className={dialogStyles.foot}>
        <Button variant="secondary" onPress={onClose}>
          {outcomes.length > 0 && !isRunning ? 'Close' : 'Cancel'}
        </Button>
        <Button isPending={isRunning} isDisabled={!isReady} onPress={go}>
          {refused.length > 0
            ? `Try again on ${countOf(refused.length, 'cluster')}`
            : confirm}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

const WORDS = { running: '◐', done: '✓', refused: '✗' } as const;

function Outcomes({ outcomes }: { outcomes: ClusterOutcome[] }): JSX.Element {
  const nameOf = useClusterName();
  const done = outcomes.filter(({ state }) => state === 'done').length;
  return (
    <div aria-live="polite">
      <p className={styles.line}>
        Done on {done} of {countOf(outcomes.length, 'cluster')}.
      </p>
      <ul className={styles.list}>
        {outcomes.map(outcome => (
          <li key={outcome.cluster} data-state={outcome.state}>
            <span aria-hidden="true">{WORDS[outcome.state]}</span>{' '}
            <Name>{nameOf(outcome.cluster)}</Name>
            {outcome.state === 'refused' && (
              <span className={styles.why}>
                {' '}
                {outcome.problem.why}. {outcome.problem.next}.
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
