import {
  type ProvenanceFacts,
  type ReleaseDetails,
  type ReleaseOrigin,
  countOf,
} from '@callboard/plugin-callboard-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import { Facts, Surface } from '@callboard/plugin-callboard-react';
import { WebLink } from './WebLink';
import styles from './EvidenceDialog.module.css';

export interface OriginDialogProps {
  release: ReleaseDetails;
  origin: ReleaseOrigin;
  onClose: () => void;
}

/** Origin of a release's images, as reported by the one who released them. */
export function OriginDialog({
  release,
  origin,
  onClose,
}: OriginDialogProps): JSX.Element {
  const { commit, branch, url, run, builtBy, provenance } = origin;
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={640}>
      <DialogHeader>Where release {release.number} was built</DialogHeader>
      <DialogBody>
        <Surface>
          <Facts
            facts={{
              'Built by': builtBy && long(builtBy),
              Run: run && long(<WebLink to={run} />),
              Commit: <code className={styles.long}>{commit}</code>,
              Branch: branch && long(branch),
              Source: url && long(<WebLink to={url} />),
              Images: imagesOf(release).map(image => (
                <code key={image} className={styles.long}>
                  {image}{' '}
                </code>
              )),
            }}
          />
          <Provenance provenance={provenance} release={release} />
        </Surface>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Close
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function Provenance({
  provenance,
  release,
}: {
  provenance?: ProvenanceFacts;
  release: ReleaseDetails;
}): JSX.Element {
  if (!provenance)
    return <p className={styles.quiet}>No provenance came with it.</p>;
  const { builder, buildType, source, sourceCommit, run, images } = provenance;
  const all = imagesOf(release).length;
  return (
    <>
      <h3 className={styles.title}>Provenance</h3>
      <p className={styles.quiet}>
        It names {images.length} of {countOf(all, 'image')} by digest. Its
        signature was not verified.
      </p>
      <Facts
        facts={{
          Builder: builder && long(<WebLink to={builder} />),
          'Build type': buildType && long(<WebLink to={buildType} />),
          Source: source && long(<WebLink to={source} />),
          Commit: sourceCommit && (
            <code className={styles.long}>{sourceCommit}</code>
          ),
          Run: run && long(<WebLink to={run} />),
        }}
      />
    </>
  );
}

function imagesOf({ workloads }: ReleaseDetails): string[] {
  return [
    ...new Set(workloads.flatMap(({ images }) => Object.values(images))),
  ].sort();
}

function long(content: JSX.Element | string): JSX.Element {
  return <span className={styles.long}>{content}</span>;
}
