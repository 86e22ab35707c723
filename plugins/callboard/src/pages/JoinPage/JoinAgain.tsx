import { Button } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import { clusterManagePermission } from '@callboard/plugin-callboard-common';
import {
  Panel,
  ProblemCard,
  useRegistration,
} from '@callboard/plugin-callboard-react';
import styles from './JoinPage.module.css';

/**
 * Recovery for an agent that lacks permissions or lost its key: a new command,
 * which disables the current agent. Once made, it is shown in place of the
 * first one.
 */
export function JoinAgain({
  cluster,
}: {
  cluster: string;
}): JSX.Element | null {
  const { renewing, renew } = useRegistration(cluster);
  const { allowed } = usePermission({ permission: clusterManagePermission });
  if (!allowed) return null;
  return (
    <Panel
      title="Join again"
      foot={
        <Button
          variant="secondary"
          isPending={renewing.kind === 'running'}
          onPress={renew}
        >
          Make a new command
        </Button>
      }
    >
      <p className={styles.lead}>
        For an agent that lacks rights or lost its key. A new command has all
        rights that an agent needs now; the key of the agent that joined before
        is revoked.
      </p>
      {renewing.kind === 'refused' && (
        <div className={styles.refusal}>
          <ProblemCard problem={renewing.problem} />
        </div>
      )}
    </Panel>
  );
}
