import {
  type App,
  countOf,
  describeDuration,
  type ReleaseDetails,
} from '@callboard/plugin-callboard-common';
import { Button, Cell, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import {
  Age,
  dataOf,
  describeAuthor,
  OnlyNow,
  Panel,
  ShowView,
  useInstant,
  useReleases,
  useUrlState,
} from '@callboard/plugin-callboard-react';
import { describeApproval } from './describeApproval';
import { RowTable } from '../RowTable';
import type { RowColumn } from '../RowTableProps';
import { UnknownInAddress } from '../NotFound/UnknownInAddress';
import { SkeletonRows } from '../SkeletonRows';
import { CompareDialog, type Comparison } from './CompareDialog';
import { EvidenceDialog } from './EvidenceDialog';
import { BuildLogButton } from './BuildLogDialog';
import { OriginDialog } from './OriginDialog';
import { WebLink } from './WebLink';
import { changeOf } from '@callboard/plugin-callboard-core';
import { mayPromote, mayRollBack, whoMayPromote } from './promotions';
import { useAppDialog } from './useAppDialog';
import styles from './ReleasesTab.module.css';

const SHORT_COMMIT = 7;

const ADDRESS = { release: '', compare: '', from: '', for: '' };

type Row = ReleaseDetails & { id: string };

/** All releases: origin, environments, and their promotion. */
export function ReleasesTab({ app }: { app: App }): JSX.Element {
  const view = useReleases(app.name);
  const { open } = useAppDialog();
  const isPast = useInstant() !== undefined;
  const [{ release: opened, ...compared }, setAddress] = useUrlState(ADDRESS);
  const setOpened = (release?: ReleaseDetails) =>
    setAddress({ release: release ? String(release.number) : '' });
  const compare = (comparison?: Comparison) =>
    setAddress({
      compare: comparison ? String(comparison.release) : '',
      from: String(comparison?.from ?? ''),
      for: comparison?.environment ?? '',
    });
  const columns: RowColumn<Row>[] = [
    {
      id: 'release',
      width: '5fr',
      label: 'Release',
      isRowHeader: true,
      cell: ({ number, message }) => (
        <Cell>
          <div className={styles.cell}>
            <span className={styles.number}>Release {number}</span>
            <span>{message}</span>
            {!isPast && (
              <Button
                className={styles.evidence}
                variant="tertiary"
                aria-label={`What changes: release ${number}`}
                onPress={() => compare({ release: number })}
              >
                What changes
              </Button>
            )}
          </div>
        </Cell>
      ),
    },
    {
      id: 'author',
      width: '4fr',
      label: 'By',
      from: 'md',
      cell: ({ author, createdAt, revision, origin }) => (
        <Cell>
          <div className={styles.cell}>
            <span>
              {describeAuthor(author)}, <Age at={createdAt} after=" ago" />
            </span>
            <code className={styles.quiet}>
              {origin?.url === undefined ? (
                (origin?.commit ?? revision).slice(0, SHORT_COMMIT)
              ) : (
                <WebLink to={origin.url}>
                  {origin.commit.slice(0, SHORT_COMMIT)}
                </WebLink>
              )}
            </code>
          </div>
        </Cell>
      ),
    },
    {
      id: 'build',
      width: '3fr',
      label: 'Built',
      from: 'md',
      cell: release => (
        <Cell>
          <div className={styles.cell}>
            <BuiltBy release={release} />
            <span className={styles.quiet}>
              {release.workloads.map(({ name }) => name).join(', ')}
            </span>
            {release.warnings?.map(warning => (
              <span key={warning} className={styles.warning}>
                {warning}
              </span>
            ))}
            <WhatItIsMadeOf release={release} onOpen={setOpened} />
            {release.build.builder !== 'given' && (
              <BuildLogButton
                app={app.name}
                revision={release.revision}
                label={`release ${release.number}`}
                className={styles.evidence}
              />
            )}
          </div>
        </Cell>
      ),
    },
    {
      id: 'environments',
      width: '4fr',
      label: 'Where',
      from: 'sm',
      cell: ({ environments, outcomes }) => (
        <Cell>
          <div className={styles.cell}>
            {environments.length > 0 && (
              <span>{environments.map(titleOf(app)).join(', ')}</span>
            )}
            {outcomes.map(({ environment, sentence, approval }) => (
              <span key={environment} className={styles.outcome}>
                {sentence}
                {approval && `; ${describeApproval(approval)}`}
              </span>
            ))}
          </div>
        </Cell>
      ),
    },
    ...(isPast
      ? []
      : [
          {
            id: 'action',
            width: '3fr' as const,
            label: 'Deploy',
            cell: (release: Row) => (
              <Cell>
                <OnlyNow>
                  <DeployTo
                    app={app}
                    release={release}
                    releases={dataOf(view) ?? []}
                    onChoose={environment =>
                      open({
                        kind: 'promote',
                        environment,
                        release: release.number,
                      })
                    }
                  />
                </OnlyNow>
              </Cell>
            ),
          },
        ]),
  ];
  return (
    <>
      <Panel title="Releases" flush>
        <ShowView view={view} loading={<SkeletonRows inset rows={5} />}>
          {releases => (
            <RowTable
              label="Releases"
              columns={columns}
              rows={releases.map(release => ({
                ...release,
                id: String(release.number),
              }))}
              empty="No release yet."
            />
          )}
        </ShowView>
      </Panel>
      <Opened
        app={app.name}
        number={opened}
        releases={dataOf(view)}
        onClose={() => setOpened(undefined)}
      />
      <Compared
        app={app}
        address={isPast ? ADDRESS : compared}
        releases={dataOf(view)}
        onChange={compare}
      />
    </>
  );
}

/** The comparison that the address names, or a message when a release does not exist. */
function Compared({
  app,
  address: { compare: number, from, for: environment },
  releases,
  onChange,
}: {
  app: App;
  address: Pick<typeof ADDRESS, 'compare' | 'from' | 'for'>;
  releases?: ReleaseDetails[];
  onChange: (comparison?: Comparison) => void;
}): JSX.Element | null {
  if (number === '' || !releases) return null;
  const release = releases.find(each => String(each.number) === number);
  if (!release)
    return (
      <UnknownInAddress>{`There is no release “${number}” here.`}</UnknownInAddress>
    );
  const other = releases.find(each => String(each.number) === from);
  return (
    <CompareDialog
      app={app}
      releases={releases}
      comparison={{
        release: release.number,
        ...(other && { from: other.number }),
        ...(app.environments.some(({ name }) => name === environment) && {
          environment,
        }),
      }}
      onChange={onChange}
      onClose={() => onChange(undefined)}
    />
  );
}

/** The origin or the evidence of the release that the address names, or a message when there is none. */
function Opened({
  app,
  number,
  releases,
  onClose,
}: {
  app: string;
  number: string;
  releases?: ReleaseDetails[];
  onClose: () => void;
}): JSX.Element | null {
  if (number === '' || !releases) return null;
  const release = releases.find(each => String(each.number) === number);
  if (!release)
    return (
      <UnknownInAddress>{`There is no release “${number}” here.`}</UnknownInAddress>
    );
  const [evidence] = release.evidence ?? [];
  if (release.origin)
    return (
      <OriginDialog
        release={release}
        origin={release.origin}
        onClose={onClose}
      />
    );
  if (!evidence)
    return (
      <UnknownInAddress>
        {`Nothing is attached to the images of release ${number}.`}
      </UnknownInAddress>
    );
  return (
    <EvidenceDialog
      app={app}
      release={release}
      evidence={evidence}
      onClose={onClose}
    />
  );
}

/** Buttons for documents attached to the release's image, when there are any. */
function WhatItIsMadeOf({
  release,
  onOpen,
}: {
  release: ReleaseDetails;
  onOpen: (release: ReleaseDetails) => void;
}): JSX.Element | null {
  const [evidence] = release.evidence ?? [];
  if (release.origin)
    return (
      <Button
        className={styles.evidence}
        variant="tertiary"
        aria-label={`Where it was built: release ${release.number}`}
        onPress={() => onOpen(release)}
      >
        Where it was built
      </Button>
    );
  if (!evidence) return null;
  const madeOf = `Made of ${countOf(evidence.sbom.components, 'part')}`;
  return (
    <Button
      className={styles.evidence}
      variant="tertiary"
      aria-label={`${madeOf}: release ${release.number}`}
      onPress={() => onOpen(release)}
    >
      {madeOf}
    </Button>
  );
}

/** Builder and build duration; for images built elsewhere, the CI run. */
function BuiltBy({
  release: { build, origin },
}: {
  release: ReleaseDetails;
}): JSX.Element {
  if (!origin) return <span>{describeBuild(build)}</span>;
  const by = origin.builtBy ?? 'run';
  return (
    <span>
      Built elsewhere
      {origin.run !== undefined && (
        <>
          : <WebLink to={origin.run}>{by}</WebLink>
        </>
      )}
      {origin.run === undefined && origin.builtBy && `: ${by}`}
    </span>
  );
}

function DeployTo({
  app,
  release,
  releases,
  onChoose,
}: {
  app: App;
  release: ReleaseDetails;
  /** All releases of the app. */
  releases: readonly ReleaseDetails[];
  onChoose: (environment: string) => void;
}): JSX.Element {
  const others = app.environments.filter(
    environment => environment.release?.number !== release.number,
  );
  const targets = others.filter(environment =>
    changeOf(release.number, environment, releases) === 'rollback'
      ? mayRollBack(app, environment, release)
      : mayPromote(app, environment),
  );
  if (others.length === 0)
    return <span className={styles.quiet}>Everywhere</span>;
  if (release.imagesRemovedAt !== undefined)
    return (
      <span className={styles.quiet}>
        Its images are not kept any more. Push its commit again to build it.
      </span>
    );
  if (targets.length === 0)
    return (
      <span className={styles.quiet}>{whoMayPromote(app, others[0])}.</span>
    );
  return (
    <MenuTrigger>
      <Button
        variant="secondary"
        aria-label={`Deploy release ${release.number} to`}
      >
        Deploy to…
      </Button>
      <Menu>
        {targets.map(environment => (
          <MenuItem
            key={environment.name}
            onAction={() => onChoose(environment.name)}
          >
            {environment.title}
          </MenuItem>
        ))}
      </Menu>
    </MenuTrigger>
  );
}

function titleOf({ environments }: App): (name: string) => string {
  return name =>
    environments.find(environment => environment.name === name)?.title ?? name;
}

function describeBuild({
  builder,
  startedAt,
  finishedAt,
}: ReleaseDetails['build']): string {
  if (finishedAt === undefined) return builder;
  return `${builder}, ${describeDuration(
    Date.parse(finishedAt) - Date.parse(startedAt),
  )}`;
}
