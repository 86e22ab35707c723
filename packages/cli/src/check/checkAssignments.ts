import {
  type PlatformFile,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import {
  type AssignedBy,
  assignBlueprint,
} from '@callboard/plugin-callboard-core';
import { type Finding, findingOf } from './Finding';
import type { Checked } from './readFiles';

/** Reports clusters whose files contradict each other about the blueprint that they run. */
export function checkAssignments(checked: readonly Checked[]): Finding[] {
  const given = checked.flatMap(({ file, verdict }) =>
    verdict.kind === 'platform'
      ? verdict.files.map(document => ({ file, document }))
      : [],
  );
  const documents = given.map(({ document }) => document);
  const pathOf = (by: AssignedBy) =>
    given.find(({ document }) => says(document, by))?.file;
  return given.flatMap(({ file, document }) => {
    if (document.kind !== 'Cluster') return [];
    const { problem } = assignBlueprint(document, {
      blueprints: filesOfKind(documents, 'Blueprint'),
      clusterSets: filesOfKind(documents, 'ClusterSet'),
      fileOf: pathOf,
    });
    return problem ? [findingOf(file, problem)] : [];
  });
}

function says({ kind, metadata, spec }: PlatformFile, by: AssignedBy): boolean {
  switch (by.kind) {
    case 'cluster-set':
      return kind === 'ClusterSet' && metadata.name === by.name;
    case 'followers':
      return (
        kind === 'Blueprint' &&
        metadata.name === by.name &&
        'version' in spec &&
        spec.version === by.version
      );
    default:
      return false;
  }
}
