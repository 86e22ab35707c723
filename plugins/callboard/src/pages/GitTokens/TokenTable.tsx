import { Button, Cell } from '@backstage/ui';
import type { GitTokenView } from '@callboard/plugin-callboard-common';
import {
  Age,
  describeActor,
  TimeLeft,
} from '@callboard/plugin-callboard-react';
import { RowTable } from '../RowTable';
import type { RowColumn } from '../RowTableProps';
import { nameToken } from './nameToken';
import styles from './GitTokens.module.css';

/** Tokens with their owner, lifetime and last use. */
export function TokenTable({
  tokens,
  onRevoke,
}: {
  tokens: GitTokenView[];
  onRevoke: (token: GitTokenView) => void;
}): JSX.Element {
  const columns: RowColumn<GitTokenView>[] = [
    {
      id: 'name',
      width: '4fr',
      label: 'Name',
      isRowHeader: true,
      cell: ({ name, createdBy, createdAt }) => (
        <Cell>
          <div className={styles.cell}>
            <span className={styles.name}>{name}</span>
            <span className={styles.quiet}>
              created by {describeActor(createdBy)},{' '}
              <Age at={createdAt} after=" ago" />
            </span>
          </div>
        </Cell>
      ),
    },
    {
      id: 'app',
      width: '3fr',
      label: 'Good for',
      from: 'sm',
      cell: ({ app, scope }) => (
        <Cell>
          <div className={styles.cell}>
            {scope === 'api' ? 'Command line' : 'Git'}
            <span className={styles.quiet}>
              {scope === 'api'
                ? 'What you may with apps'
                : app ?? 'What you may push to'}
            </span>
          </div>
        </Cell>
      ),
    },
    {
      id: 'expires',
      width: '3fr',
      label: 'Expires',
      from: 'md',
      cell: ({ expiresAt, scope }) => (
        <Cell>
          <div className={styles.cell}>
            <TimeLeft
              until={expiresAt}
              before="in "
              over={`Expired: ${
                scope === 'api' ? 'the portal' : 'git'
              } refuses it`}
            />
          </div>
        </Cell>
      ),
    },
    {
      id: 'used',
      width: '3fr',
      label: 'Last used',
      from: 'md',
      cell: ({ lastUsedAt }) => (
        <Cell>
          <div className={styles.cell}>
            {lastUsedAt === undefined ? (
              <span className={styles.quiet}>Never</span>
            ) : (
              <Age at={lastUsedAt} after=" ago" />
            )}
          </div>
        </Cell>
      ),
    },
    {
      id: 'revoke',
      width: '2fr',
      label: 'Revoke',
      cell: token => (
        <Cell>
          <Button
            variant="secondary"
            aria-label={`Revoke ${nameToken(token)}`}
            onPress={() => onRevoke(token)}
          >
            Revoke…
          </Button>
        </Cell>
      ),
    },
  ];
  return (
    <RowTable
      label="Tokens"
      columns={columns}
      rows={tokens}
      empty={
        <p className={styles.empty}>
          No tokens yet. Create one for each place that you push or look from,
          so that you can revoke it alone.
        </p>
      }
    />
  );
}
