import type { App } from '@callboard/plugin-callboard-common';
import {
  ChangeList,
  Panel,
  ShowView,
  useJournal,
} from '@callboard/plugin-callboard-react';
import { SkeletonRows } from '../SkeletonRows';

const CHANGES = 100;

/** Who changed what, newest first. */
export function HistoryTab({ app }: { app: App }): JSX.Element {
  const view = useJournal({ app: app.name, limit: CHANGES });
  return (
    <Panel title="History" flush>
      <ShowView view={view} loading={<SkeletonRows inset rows={8} />}>
        {entries => <ChangeList entries={entries} />}
      </ShowView>
    </Panel>
  );
}
