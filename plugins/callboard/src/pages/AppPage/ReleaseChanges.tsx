import {
  type ClusterDiff,
  countOf,
  type FieldDiff,
  type ObjectDiff,
} from '@callboard/plugin-callboard-common';
import {
  NameList,
  ShowView,
  useClusterName,
  useReleaseDiff,
} from '@callboard/plugin-callboard-react';
import { DataStays } from '../DataStays';
import { SkeletonRows } from '../SkeletonRows';
import styles from './ReleaseChanges.module.css';

export interface ReleaseChangesProps {
  app: string;
  environment: string;
  release: number;
  /** The release to compare with; the environment's current one when omitted. */
  from?: number;
  /** Whether the objects are folded at first. */
  folded?: boolean;
}

/** Changes of a release on clusters, by object and field. */
export function ReleaseChanges({
  folded = false,
  ...of
}: ReleaseChangesProps): JSX.Element {
  return (
    <section aria-label={`What release ${of.release} changes`}>
      <ShowView view={useReleaseDiff(of)} loading={<SkeletonRows rows={2} />}>
        {({ sentence, groups, data }) => (
          <>
            <p className={styles.sentence}>{sentence}.</p>
            {data.map(left => (
              <div key={left.cluster} className={styles.data}>
                <DataStays left={left} />
              </div>
            ))}
            {folded && groups.length > 0 ? (
              <details>
                <summary className={styles.line}>Kubernetes view</summary>
                <Groups groups={groups} />
              </details>
            ) : (
              <Groups groups={groups} />
            )}
          </>
        )}
      </ShowView>
    </section>
  );
}

function Groups({ groups }: { groups: readonly ClusterDiff[] }): JSX.Element {
  return (
    <>
      {groups.map(group => (
        <Group key={group.clusters.join()} group={group} />
      ))}
    </>
  );
}

function Group({
  group: { clusters, objects, more },
}: {
  group: ClusterDiff;
}): JSX.Element {
  const nameOf = useClusterName();
  return (
    <div className={styles.group}>
      <p className={styles.quiet}>
        On <NameList names={clusters.map(nameOf)} />
      </p>
      <ul className={styles.objects}>
        {objects.map(object => (
          <li key={`${object.apiVersion}/${object.kind}/${object.name}`}>
            <Changed object={object} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className={styles.quiet}>
          And {countOf(more, 'more object')}; callboard diff lists all.
        </p>
      )}
    </div>
  );
}

const WORDS = { added: 'New', changed: 'Changed', removed: 'Removed' } as const;

function Changed({
  object: { change, kind, name, fields, more },
}: {
  object: ObjectDiff;
}): JSX.Element {
  const title = (
    <>
      <span className={styles.change} data-change={change}>
        {WORDS[change]}
      </span>{' '}
      {kind} <span className={styles.name}>{name}</span>
    </>
  );
  if (fields.length === 0) return <span className={styles.line}>{title}</span>;
  return (
    <details>
      <summary className={styles.line}>
        {title}{' '}
        <span className={styles.quiet}>
          {countOf(fields.length + more, 'field')}
        </span>
      </summary>
      <dl className={styles.fields}>
        {fields.map(field => (
          <Field key={field.path} field={field} />
        ))}
      </dl>
      {more > 0 && (
        <p className={styles.quiet}>And {countOf(more, 'more field')}.</p>
      )}
    </details>
  );
}

function Field({
  field: { path, before, after },
}: {
  field: FieldDiff;
}): JSX.Element {
  return (
    <div className={styles.field}>
      <dt className={styles.path}>{path}</dt>
      {before !== undefined && (
        <dd>
          <span className={styles.quiet}>
            {after === undefined ? 'Removed' : 'Before'}
          </span>
          <del className={styles.value}>{before}</del>
        </dd>
      )}
      {after !== undefined && (
        <dd>
          <span className={styles.quiet}>
            {before === undefined ? 'New' : 'After'}
          </span>
          <ins className={styles.value}>{after}</ins>
        </dd>
      )}
    </div>
  );
}
