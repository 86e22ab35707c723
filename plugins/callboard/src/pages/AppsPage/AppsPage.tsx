import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { needsAttention } from '@callboard/plugin-callboard-core';
import {
  Button,
  ButtonLink,
  Skeleton,
  ToggleButton,
  ToggleButtonGroup,
} from '@backstage/ui';
import type { App } from '@callboard/plugin-callboard-common';
import {
  Panel,
  SearchBox,
  Sentence,
  ShowView,
  useApps,
  useClusterName,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useLinks } from '../../useLinks';
import { CallboardPage, PageFrame } from '../PageFrame';
import { SkeletonPanel } from '../SkeletonPanel';
import { AppTable } from './AppTable';
import {
  arrangeApps,
  type AppFilter,
  describeApps,
  isMine,
} from './arrangeApps';
import { AwaitingApproval } from './AwaitingApproval';
import { DataOfDeletedApps } from './DataOfDeletedApps';
import { findMatch } from './findMatch';
import { NoApps } from './NoApps';
import styles from './AppsPage.module.css';

const ADDRESS = { q: '', show: 'all' };

/** Page of apps: all of them, those that need attention first. */
export function AppsPage(): JSX.Element {
  return (
    <CallboardPage>
      <Apps />
    </CallboardPage>
  );
}

function Apps(): JSX.Element {
  const apps = useApps();
  const { app, createService } = useLinks();
  return (
    <PageFrame
      title="Apps"
      customActions={
        createService && (
          <ButtonLink href={createService}>New service</ButtonLink>
        )
      }
    >
      <ShowView
        view={apps}
        loading={
          <>
            <Skeleton width="40%" height={26} />
            <SkeletonPanel rows={6} height={32} />
          </>
        }
      >
        {all => (
          <>
            {all.length === 0 ? <NoApps /> : <AppList apps={all} />}
            <DataOfDeletedApps hrefOf={app} />
          </>
        )}
      </ShowView>
    </PageFrame>
  );
}

function AppList({ apps }: { apps: App[] }): JSX.Element {
  const links = useLinks();
  const owns = useOwnership();
  const [{ q: search, show: filter }, setAddress] = useUrlState(ADDRESS);
  // Deferred, so that typing stays fluent while a long table follows.
  const settled = useDeferredValue(search);
  const nameOf = useClusterName();
  const shown = arrangeApps(apps, {
    search: settled,
    nameOf,
    filter: asFilter(filter),
    owns,
  });
  return (
    <>
      <Sentence>{describeApps(apps)}</Sentence>
      <AwaitingApproval apps={apps} owns={owns} hrefOf={links.app} />
      <div className={styles.tools}>
        <div className={styles.search}>
          <SearchBox
            label="Search name, owner, cluster, commit"
            value={search}
            onChange={q => setAddress({ q })}
          />
        </div>
        <ToggleButtonGroup
          aria-label="Which apps"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[asFilter(filter)]}
          onSelectionChange={([key]) => setAddress({ show: String(key) })}
        >
          <ToggleButton id="all">All {apps.length}</ToggleButton>
          <ToggleButton id="mine">
            Mine {apps.filter(app => isMine(app, owns)).length}
          </ToggleButton>
          <ToggleButton id="attention">
            Needs attention {apps.filter(needsAttention).length}
          </ToggleButton>
        </ToggleButtonGroup>
      </div>
      <Panel
        title="Apps"
        aside={
          shown.length < apps.length && `${shown.length} of ${apps.length}`
        }
        flush
      >
        <AppTable
          apps={shown}
          hrefOf={links.app}
          whyOf={app => findMatch(app, { search: settled, nameOf }) ?? []}
          empty={
            <>
              No app matches.{' '}
              <Button variant="tertiary" onPress={() => setAddress(ADDRESS)}>
                Show all
              </Button>
            </>
          }
        />
      </Panel>
    </>
  );
}

/** Entity references of the user's ownership; empty until they are loaded. */
function useOwnership(): ReadonlySet<string> {
  const identity = useApi(identityApiRef);
  const { data } = useQuery({
    queryKey: ['ownership'],
    queryFn: async () =>
      (await identity.getBackstageIdentity()).ownershipEntityRefs,
    staleTime: Infinity,
  });
  return new Set(data);
}

function asFilter(value: string): AppFilter {
  return value === 'mine' || value === 'attention' ? value : 'all';
}
