import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { App } from '@callboard/plugin-callboard-common';
import { describeEntity } from '@callboard/plugin-callboard-react';
import styles from './entity.module.css';

/** Warns that an entity names an app of another owner. Nothing when both have the same owner. */
export function OtherOwner({ app }: { app: App }): JSX.Element | null {
  const { entity } = useEntity();
  const owners = (entity.relations ?? [])
    .filter(({ type }) => type === RELATION_OWNED_BY)
    .map(({ targetRef }) => targetRef);
  if (owners.length === 0 || owners.includes(app.owner)) return null;
  return (
    <p className={styles.notice} role="note">
      {`The app ${app.name} belongs to ${describeEntity(
        app.owner,
      )}, this entity to ${owners
        .map(describeEntity)
        .join(', ')}. It is the app’s entity once both have one owner.`}
    </p>
  );
}
