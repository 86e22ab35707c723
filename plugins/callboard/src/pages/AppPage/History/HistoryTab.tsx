import { Button } from '@backstage/ui';
import {
  type App,
  JOURNAL_KINDS,
  type JournalKind,
} from '@callboard/plugin-callboard-common';
import {
  dataOf,
  Panel,
  ShowView,
  useJournalPages,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { SkeletonRows } from '../../SkeletonRows';
import { HistoryDays } from './HistoryDays';
import { HISTORY_ADDRESS, HistoryFilters } from './HistoryFilters';
import { TimelinePanel } from './TimelinePanel';
import styles from './History.module.css';

const PER_PAGE = 100; // entries: about 25 pushes

/** The history of an app: the timeline, and below it the changes, newest first. */
export function HistoryTab({ app }: { app: App }): JSX.Element {
  return (
    <div className={styles.tab}>
      <TimelinePanel app={app} />
      <Changes app={app} />
    </div>
  );
}

function Changes({ app }: { app: App }): JSX.Element {
  const [{ kind, by, on }, setAddress] = useUrlState(HISTORY_ADDRESS);
  const pages = useJournalPages({
    app: app.name,
    ...(isKind(kind) && { kind }),
    ...(by !== '' && { actor: by }),
    ...(on !== '' && { cluster: on }),
    limit: PER_PAGE,
  });
  const isFiltered = kind !== '' || by !== '' || on !== '';
  return (
    <Panel title="History" flush foot={<Older pages={pages} />}>
      <HistoryFilters app={app} entries={dataOf(pages.view) ?? []} />
      <ShowView view={pages.view} loading={<SkeletonRows inset rows={8} />}>
        {entries =>
          entries.length === 0 && isFiltered ? (
            <p className={styles.empty}>
              No entry matches.{' '}
              <Button
                variant="tertiary"
                onPress={() => setAddress(HISTORY_ADDRESS)}
              >
                Show all
              </Button>
            </p>
          ) : (
            <HistoryDays entries={entries} />
          )
        }
      </ShowView>
    </Panel>
  );
}

function Older({
  pages: { view, readOlder, isReadingOlder, hasFailedOlder },
}: {
  pages: ReturnType<typeof useJournalPages>;
}): JSX.Element | null {
  if (!dataOf(view)?.length) return null;
  if (!readOlder)
    return <p className={styles.end}>This is where its history begins.</p>;
  return (
    <>
      <Button variant="secondary" onPress={readOlder} loading={isReadingOlder}>
        Show older
      </Button>
      {hasFailedOlder && (
        <p className={styles.end} role="alert">
          Older entries could not be read. Try again.
        </p>
      )}
    </>
  );
}

function isKind(text: string): text is JournalKind {
  return (JOURNAL_KINDS as readonly string[]).includes(text);
}
