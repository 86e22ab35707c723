import { Button } from '@backstage/ui';
import { usePermission } from '@backstage/plugin-permission-react';
import { clusterManagePermission } from '@callboard/plugin-callboard-common';
import {
  CopyLine,
  Panel,
  ProblemCard,
  TimeLeft,
  useRegistration,
  useNow,
} from '@callboard/plugin-callboard-react';
import styles from './JoinPage.module.css';

export interface RegistrationProps {
  cluster: string;
  /** Expiry of the newest registration, for users who cannot see its command. */
  expiresAt?: string;
}

/**
 * The command that registers the cluster. Visible only in the window that made
 * it; users with the permission can make a new one.
 */
export function Registration({
  cluster,
  expiresAt,
}: RegistrationProps): JSX.Element {
  const { registration, renewing, renew } = useRegistration(cluster);
  const { allowed, loading } = usePermission({
    permission: clusterManagePermission,
  });
  const until = registration?.expiresAt ?? expiresAt;
  const isOver =
    useNow().getTime() >= (until === undefined ? 0 : Date.parse(until));
  const isShown = registration !== undefined && !isOver;
  return (
    <Panel
      title="Connect its agent"
      tone={isOver ? 'warning' : 'info'}
      aside={
        until === undefined ? undefined : (
          <TimeLeft
            until={until}
            before="works once, "
            after=" left"
            over="expired"
          />
        )
      }
      foot={
        allowed && (
          <Button
            variant={isShown ? 'tertiary' : 'primary'}
            isPending={renewing.kind === 'running'}
            onPress={renew}
          >
            Make a new command
          </Button>
        )
      }
    >
      {isShown ? (
        <>
          <p className={styles.lead}>
            Run this once, where <code>kubectl</code> reaches {cluster}:
          </p>
          <CopyLine text={registration.command} />
        </>
      ) : (
        <p className={styles.lead}>
          {explainMissing(isOver, allowed || loading)}
        </p>
      )}
      {renewing.kind === 'refused' && (
        <div className={styles.refusal}>
          <ProblemCard problem={renewing.problem} />
        </div>
      )}
    </Panel>
  );
}

function explainMissing(isOver: boolean, isAllowed: boolean): string {
  const why = isOver
    ? 'The command can no longer be used.'
    : 'The command was shown once, in the window where it was made: it holds a registration token that the portal does not keep.';
  if (!isAllowed)
    return `${why} People who may manage clusters can make a new one.`;
  return isOver ? `${why} Make a new one.` : `${why} A new one revokes it.`;
}
