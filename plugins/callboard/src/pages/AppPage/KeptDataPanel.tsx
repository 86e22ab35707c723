import { Button } from '@backstage/ui';
import type { KeptData } from '@callboard/plugin-callboard-common';
import {
  Age,
  dataOf,
  describeActor,
  OnlyNow,
  Panel,
  ProblemCard,
  Prose,
  useClusterName,
  useKeptData,
} from '@callboard/plugin-callboard-react';
import { DeleteDataDialog } from './DeleteDataDialog';
import { useAppDialog } from './useAppDialog';
import styles from './KeptDataPanel.module.css';

/** Data that an app left where it no longer runs, also of a deleted app: nothing deletes it automatically. */
export function KeptDataPanel({ app }: { app: string }): JSX.Element | null {
  const kept = dataOf(useKeptData(app)) ?? [];
  const { dialog, close } = useAppDialog();
  if (kept.length === 0) return null;
  const asked =
    dialog?.kind === 'delete-data'
      ? kept.find(
          ({ environment, cluster, mayDelete }) =>
            mayDelete &&
            environment === dialog.environment &&
            cluster === dialog.cluster,
        )
      : undefined;
  return (
    <Panel title="Data that stays">
      <ul className={styles.list}>
        {kept.map(data => (
          <Kept key={`${data.environment} ${data.cluster}`} data={data} />
        ))}
      </ul>
      <OnlyNow>
        {asked && (
          <DeleteDataDialog
            key={String(asked.isClusterRegistered)} // a confirmation of one does not count for the other
            data={asked}
            onClose={close}
          />
        )}
      </OnlyNow>
    </Panel>
  );
}

function Kept({
  data: {
    environment,
    environmentTitle,
    cluster,
    isClusterRegistered,
    mayDelete,
    sentence,
    since,
    deletion,
  },
}: {
  data: KeptData;
}): JSX.Element {
  const nameOf = useClusterName();
  const { open } = useAppDialog();
  const does = isClusterRegistered ? 'Delete' : 'Forget';
  return (
    <li className={styles.item}>
      <p className={styles.line}>
        <Prose>{`${sentence}.`}</Prose>
      </p>
      <p className={styles.quiet}>
        {environmentTitle} · kept for <Age at={since} />
        {deletion && ` · ${describeActor(deletion.by)} wants it deleted`}
      </p>
      {deletion?.problem && <ProblemCard problem={deletion.problem} />}
      {mayDelete && !(deletion && isClusterRegistered) && (
        <OnlyNow>
          <Button
            variant="secondary"
            aria-label={`${does} the data on ${nameOf(cluster)}`}
            onPress={() => open({ kind: 'delete-data', environment, cluster })}
          >
            {does} it…
          </Button>
        </OnlyNow>
      )}
    </li>
  );
}
