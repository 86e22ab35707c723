import {
  type ImageEvidence,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ImageReader } from '../../reconcile/roles';
import {
  type ReleaseRecord,
  findApp,
  findProvenance,
  findRelease,
  findRemovedImages,
} from '../../store';
import { appMissing, releaseMissing } from '../problems';
import type { EvidenceKind } from '../ControlPlane';

const READ_MS = 15_000; // a person waits for it

/** A document that is attached to an image of a release, read from the image's registry now. */
export async function readReleaseEvidence(
  of: { app: string; release: number; kind: EvidenceKind; image?: string },
  { deps }: ImageReader,
): Promise<Result<readonly Uint8Array[]>> {
  const { app, release: number, kind } = of;
  if (!(await findApp(deps.knex, app))) return failed(appMissing(app));
  const release = await findRelease(deps.knex, app, number);
  if (!release) return failed(releaseMissing(of));
  if (kind === 'provenance' && release.content.origin) {
    const statement = await findProvenance(deps.knex, release);
    if (statement !== undefined) return ok([Buffer.from(statement)]);
  }
  const evidence = findEvidence(release, of.image);
  if (!evidence) return failed(evidenceMissing(of));
  const removed = await findRemovedImages(deps.knex, { app });
  if (removed.has(evidence.image)) return failed(evidenceRemoved(of));
  const builder = deps.builders.find(({ name }) =>
    isMadeBy(name, evidence.image, release),
  );
  if (!builder?.readEvidence) return failed(builderGone(of));
  const { image } = evidence;
  const { digest } = evidence[kind];
  return builder.readEvidence({ image, digest }, AbortSignal.timeout(READ_MS));
}

function findEvidence(
  { content }: ReleaseRecord,
  image: string | undefined,
): ImageEvidence | undefined {
  return content.evidence?.find(
    each => image === undefined || each.image === image,
  );
}

function isMadeBy(
  builder: string,
  image: string,
  { content }: ReleaseRecord,
): boolean {
  return Object.values(content.imagesBy?.[builder] ?? {}).some(images =>
    Object.values(images).includes(image),
  );
}

const NAMES: Record<EvidenceKind, string> = {
  sbom: 'bill of materials',
  provenance: 'provenance',
};

interface Asked {
  app: string;
  release: number;
  kind: EvidenceKind;
  image?: string;
}

function evidenceMissing({ app, release, kind, image }: Asked): Problem {
  return {
    code: 'evidence-not-found',
    what: `Cannot show the ${NAMES[kind]} of release ${release} of "${app}"`,
    why:
      image === undefined
        ? 'none of its images was made by a builder that writes one'
        : `it has no image ${image}, or none with such a document`,
    next: 'Ask the team that built its images, or let Callboard build them',
    transient: false,
  };
}

function evidenceRemoved({ app, release, kind }: Asked): Problem {
  return {
    code: 'evidence-not-found',
    what: `Cannot show the ${NAMES[kind]} of release ${release} of "${app}"`,
    why: 'its images are not kept any more, nor is what was attached to them',
    next: 'Push its commit again: a new release is built of it',
    transient: false,
  };
}

function builderGone({ app, release, kind }: Asked): Problem {
  return {
    code: 'evidence-not-found',
    what: `Cannot show the ${NAMES[kind]} of release ${release} of "${app}"`,
    why: 'the platform no longer has the builder that made its images',
    next: 'Ask the platform team to set callboard.builder.registry to where they are',
    transient: false,
  };
}
