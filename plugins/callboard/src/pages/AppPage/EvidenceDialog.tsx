import {
  countOf,
  type ImageEvidence,
  type ReleaseDetails,
  type SbomDocument,
} from '@callboard/plugin-callboard-common';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import {
  Facts,
  ShowView,
  Surface,
  useSbom,
} from '@callboard/plugin-callboard-react';
import { SkeletonRows } from '../SkeletonRows';
import styles from './EvidenceDialog.module.css';

const MOST_SHOWN = 500; // more rows than are readable; the document has them all

type Part = NonNullable<SbomDocument['components']>[number];

export interface EvidenceDialogProps {
  app: string;
  release: ReleaseDetails;
  evidence: ImageEvidence;
  onClose: () => void;
}

/** Origin and contents of an image of a release. */
export function EvidenceDialog({
  app,
  release,
  evidence,
  onClose,
}: EvidenceDialogProps): JSX.Element {
  const view = useSbom(app, release.number);
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={640}>
      <DialogHeader>What release {release.number} is made of</DialogHeader>
      <DialogBody>
        <Surface>
          <Origin release={release} evidence={evidence} />
          <ShowView view={view} loading={<SkeletonRows rows={4} />}>
            {({ components = [] }) => <Parts parts={components} />}
          </ShowView>
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

/** Describes the provenance attached to the image. */
function Origin({
  release,
  evidence: { image, provenance },
}: Pick<EvidenceDialogProps, 'release' | 'evidence'>): JSX.Element {
  const code = (text: string) => <code className={styles.long}>{text}</code>;
  return (
    <Facts
      facts={{
        Revision: code(release.revision),
        'Built by': code(provenance.builder),
        'Built upon': code(provenance.base ?? 'nothing'),
        Image: code(image),
      }}
    />
  );
}

function Parts({ parts }: { parts: readonly Part[] }): JSX.Element {
  const shown = parts.slice(0, MOST_SHOWN);
  const more = parts.length - shown.length;
  return (
    <>
      <h3 className={styles.title}>Inside: {countOf(parts.length, 'part')}</h3>
      <ul className={styles.parts} aria-label="Parts">
        {shown.map(part => (
          <li key={`${part.name}@${part.version}`}>
            <span>{part.name}</span>
            <code>{part.version}</code>
            <span className={styles.quiet}>{licenceOf(part)}</span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className={styles.quiet}>And {countOf(more, 'more part')}.</p>
      )}
    </>
  );
}

function licenceOf({ licenses = [] }: Part): string {
  return licenses
    .map(
      ({ license, expression }) => expression ?? license?.id ?? license?.name,
    )
    .filter(name => name !== undefined)
    .join(', ');
}
