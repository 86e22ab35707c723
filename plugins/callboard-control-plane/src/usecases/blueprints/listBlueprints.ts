import {
  type BlueprintFile,
  type BlueprintRolloutSummary,
  type BlueprintSummary,
  type BlueprintVersionSummary,
  blueprintRef,
  countOf,
  listOf,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import { viewRollout } from '@callboard/plugin-callboard-core';
import type { BlueprintReader } from '../../reconcile/roles';
import {
  type BlueprintRolloutRecord,
  type DeploymentRecord,
  findBaselines,
  findBlueprintRollouts,
  findDeployments,
  findPlatformFiles,
} from '../../store';
import type { ReadOptions } from '../ControlPlane';

/** Every blueprint that the platform defines, by name, with its versions, the newest first. */
export async function listBlueprints(
  { deps, blueprints: inUse }: BlueprintReader,
  { at }: ReadOptions = {},
): Promise<BlueprintSummary[]> {
  const { blueprints: files } = at
    ? await findPlatformFiles(deps.knex, at)
    : deps.platform;
  const baselines = at
    ? (await findDeployments(deps.knex, { at })).filter(
        ({ key }) => key.kind === 'blueprint',
      )
    : await findBaselines(deps.knex);
  const rollouts = await findBlueprintRollouts(deps.knex, { at });
  const faults = at ? [] : inUse.faults;
  const names = [...new Set(files.map(({ metadata }) => metadata.name))].sort();
  return names.map(name => {
    const versions = files
      .filter(({ metadata }) => metadata.name === name)
      .sort((a, b) => b.spec.version - a.spec.version);
    const [{ metadata }] = versions;
    const running = baselines.filter(each => each.name === name);
    const [rollout] = rollouts.filter(each => each.blueprint === name);
    const summaries = versions.map(({ spec }) =>
      summarizeVersion(spec, {
        running,
        problem: faults.find(
          each => each.name === name && each.version === spec.version,
        )?.problem,
      }),
    );
    return {
      name,
      title: metadata.title ?? name,
      ...(metadata.description !== undefined && {
        description: metadata.description,
      }),
      sentence: describeVersions(summaries),
      versions: summaries,
      ...(rollout && {
        rollout: summarizeBlueprintRollout(rollout, at ?? deps.clock.now()),
      }),
    };
  });
}

/** The version that was last applied; before the first one, the one being applied. */
export function versionOn({ state }: DeploymentRecord): number | undefined {
  return state.observedRelease ?? state.desiredRelease;
}

function summarizeVersion(
  { version, state, channels = [], base }: BlueprintFile['spec'],
  {
    running,
    problem,
  }: {
    running: readonly DeploymentRecord[];
    problem: BlueprintVersionSummary['problem'];
  },
): BlueprintVersionSummary {
  const here = running.filter(each => versionOn(each) === version);
  return {
    version,
    state,
    channels,
    ...(base !== undefined && { base: blueprintRef(base).name }),
    clusters: here.length,
    drifted: here.filter(each => each.state.drift.length > 0).length,
    ...(problem && { problem }),
  };
}

/** `4 clusters run version 3 and 1 cluster runs version 2`, without full stop. */
function describeVersions(
  versions: readonly BlueprintVersionSummary[],
): string {
  const used = versions.filter(({ clusters }) => clusters > 0);
  if (used.length === 0) return 'No cluster runs it';
  return listOf(
    used.map(
      ({ version, clusters }) =>
        `${countOf(clusters, 'cluster')} ${pluralOf(
          clusters,
          'runs',
          'run',
        )} version ${version}`,
    ),
  );
}

function summarizeBlueprintRollout(
  record: BlueprintRolloutRecord,
  now: Date,
): BlueprintRolloutSummary {
  const { phase, sentence } = viewRollout(record.rollout, now, 'version');
  return {
    id: String(record.number),
    version: record.version,
    why: record.why,
    phase: phase.kind,
    sentence,
    startedBy: record.startedBy,
    startedAt: record.startedAt.toISOString(),
  };
}
