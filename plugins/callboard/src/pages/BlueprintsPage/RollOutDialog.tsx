import type {
  BlueprintVersionRef,
  BlueprintWhatIf,
} from '@callboard/plugin-callboard-common';
import {
  NameList,
  Prose,
  ShowView,
  useBlueprintWhatIf,
  useMoveBlueprint,
} from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { ConfirmDialog } from '../ConfirmDialog';
import { SkeletonRows } from '../SkeletonRows';
import { reasonOf, WhyField } from '../WhyField';
import styles from './BlueprintsPage.module.css';

const MARKS = { added: '+', changed: '~', removed: '−' } as const;

/** Previews a rollout of a version, and starts it. */
export function RollOutDialog({
  of,
  title,
  mayStart,
  onClose,
}: {
  of: BlueprintVersionRef;
  title: string;
  mayStart: boolean;
  onClose: () => void;
}): JSX.Element {
  const { action, start } = useMoveBlueprint();
  const [why, setWhy] = useState('');
  const reason = reasonOf(why);
  return (
    <ConfirmDialog
      title={
        mayStart
          ? `Roll out version ${of.version} of ${title}`
          : `What if version ${of.version} of ${title} was rolled out?`
      }
      width={640}
      action={action}
      {...(mayStart && { confirm: 'Roll out' })}
      isReady={reason !== undefined}
      onConfirm={async () => {
        if (reason !== undefined && (await start({ ...of, why: reason })))
          onClose();
      }}
      onClose={onClose}
    >
      <ShowView
        view={useBlueprintWhatIf(of)}
        loading={<SkeletonRows rows={3} />}
      >
        {answer => <Changes answer={answer} />}
      </ShowView>
      {mayStart && (
        <>
          <p className={styles.quiet}>
            It goes in waves as releases go to the last environment, and halts
            where add-ons or apps fail.
          </p>
          <WhyField
            value={why}
            onChange={setWhy}
            description="Needed, for the journal. Everybody who sees clusters reads it."
          />
        </>
      )}
    </ConfirmDialog>
  );
}

function NotAdmitted({
  answer: { notAdmitted, hidden },
}: {
  answer: BlueprintWhatIf;
}): JSX.Element | null {
  if (notAdmitted.length + hidden === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>Apps that it would not admit</h3>
      <ul className={styles.list} aria-label="Apps that it would not admit">
        {notAdmitted.map(({ app, environment, clusters, why, next }) => (
          <li key={`${app}/${environment}`}>
            <span className={styles.name}>{`${app} in ${environment}`}</span> on{' '}
            <NameList names={clusters} />
            <span className={styles.quiet}>
              <Prose>{`${why}. ${next}.`}</Prose>
            </span>
          </li>
        ))}
        {hidden > 0 && (
          <li className={styles.quiet}>
            {`${hidden} more that you may not see`}
          </li>
        )}
      </ul>
    </>
  );
}

function Changes({ answer }: { answer: BlueprintWhatIf }): JSX.Element {
  return (
    <div className={styles.details}>
      <p className={styles.text}>{`${answer.sentence}.`}</p>
      <NotAdmitted answer={answer} />
      {answer.groups.map(({ clusters, from, addons, objects, more }) => (
        <div key={clusters[0]}>
          <p className={styles.text}>
            {from === null ? 'New on ' : `From version ${from} on `}
            <NameList names={clusters} />
            <span className={styles.quiet}>
              {addons.map(({ name, change }) => `${name} ${change}`).join(', ')}
            </span>
          </p>
          <ul className={styles.list}>
            {objects.map(({ change, kind, name, fields, more: hidden }) => (
              <li key={`${kind}/${name}`}>
                {MARKS[change]} {kind} {name} {change}
                {fields.map(({ path, before, after }) => (
                  <span key={path} className={styles.quiet}>
                    {path}: <Prose>{before ?? 'nothing'}</Prose> →{' '}
                    <Prose>{after ?? 'nothing'}</Prose>
                  </span>
                ))}
                {hidden > 0 && (
                  <span className={styles.quiet}>and {hidden} more fields</span>
                )}
              </li>
            ))}
          </ul>
          {more > 0 && <p className={styles.quiet}>and {more} more objects</p>}
        </div>
      ))}
    </div>
  );
}
