import { Button } from '@backstage/ui';
import type { ReactNode } from 'react';
import { useSetInstant } from '../instant';
import { type AskedInstant, useAskedInstant } from '../instant/InstantScope';
import { useHistory } from '../queries/useHistory';
import { formatMinute } from '../time';
import styles from './InstantGate.module.css';
import { Panel } from './Panel';
import { Surface } from './Surface';

/**
 * Shows its content only when the instant in the address can be shown: an
 * invalid instant, a future one, and one before history began get an
 * explanation instead, and nothing inside calls the API.
 */
export function InstantGate({
  children,
}: {
  children: ReactNode;
}): JSX.Element | null {
  const asked = useAskedInstant();
  switch (asked.kind) {
    case 'past':
      return <PastGate at={asked.at}>{children}</PastGate>;
    case 'future':
    case 'unreadable':
      return <NoSuchInstant asked={asked} />;
    case 'now':
    default:
      return <>{children}</>;
  }
}

/** When the portal cannot report the start of its history, the pages inside say so themselves. */
function PastGate({
  at,
  children,
}: {
  at: Date;
  children: ReactNode;
}): JSX.Element | null {
  const view = useHistory();
  if (view.kind === 'loading') return null;
  const since = view.kind === 'ready' ? new Date(view.data.since) : undefined;
  return since && at < since ? (
    <BeforeHistory at={at} since={since} />
  ) : (
    <>{children}</>
  );
}

function BeforeHistory({ at, since }: { at: Date; since: Date }): JSX.Element {
  const setInstant = useSetInstant();
  return (
    <Notice
      title={`Nothing is known of ${formatMinute(at)}`}
      words={`This portal keeps history since ${formatMinute(since)}.`}
    >
      <Button variant="secondary" onPress={() => setInstant(since)}>
        Show the first known instant
      </Button>
    </Notice>
  );
}

function NoSuchInstant({
  asked,
}: {
  asked: Extract<AskedInstant, { kind: 'future' | 'unreadable' }>;
}): JSX.Element {
  return asked.kind === 'future' ? (
    <Notice
      title={`${formatMinute(asked.at)} is in the future`}
      words="Pages show now, or an instant that is over."
    />
  ) : (
    <Notice
      title="The address names no instant"
      words={`“${asked.text}” cannot be read as an instant. One reads like 2026-11-20T10:00:00Z.`}
    />
  );
}

function Notice({
  title,
  words,
  children,
}: {
  title: string;
  words: string;
  children?: ReactNode;
}): JSX.Element {
  const setInstant = useSetInstant();
  return (
    <Surface>
      <div className={styles.notice} role="status">
        <Panel
          title={title}
          foot={
            <>
              {children}
              <Button
                variant={children ? 'tertiary' : 'secondary'}
                onPress={() => setInstant(undefined)}
              >
                Show now
              </Button>
            </>
          }
        >
          <p className={styles.words}>{words}</p>
        </Panel>
      </div>
    </Surface>
  );
}
