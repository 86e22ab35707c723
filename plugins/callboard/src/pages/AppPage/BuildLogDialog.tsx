import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type { BuildLog } from '@callboard/plugin-callboard-common';
import {
  ShowView,
  Surface,
  useBuildLog,
} from '@callboard/plugin-callboard-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { SkeletonRows } from '../SkeletonRows';
import styles from './BuildLogDialog.module.css';

const NEAR_END = 24; // pixels: a reader within a line of the end follows the output

const STATES: Record<BuildLog['state'], string> = {
  building: 'The build goes on. New lines appear here.',
  succeeded: 'The build succeeded.',
  failed: 'The build failed.',
};

/** Button that opens the output of a build. */
export function BuildLogButton({
  label,
  className,
  ...of
}: {
  app: string;
  revision: string;
  /** Names the build, for readers who do not see where the button is. */
  label: string;
  className?: string;
}): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        className={className}
        variant={className === undefined ? 'secondary' : 'tertiary'}
        aria-label={`Build log: ${label}`}
        onPress={() => setOpen(true)}
      >
        Build log
      </Button>
      {isOpen && (
        <BuildLogDialog {...of} title={label} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

function BuildLogDialog({
  app,
  revision,
  title,
  onClose,
}: {
  app: string;
  revision: string;
  title: string;
  onClose: () => void;
}): JSX.Element {
  const view = useBuildLog({ app, revision });
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={860}>
      <DialogHeader>Build log: {title}</DialogHeader>
      <DialogBody>
        <Surface>
          <ShowView view={view} loading={<SkeletonRows rows={6} />}>
            {log => (
              <>
                <p role="status" className={styles.state}>
                  {STATES[log.state]}
                </p>
                <Lines lines={log.lines} />
              </>
            )}
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

/** The lines, scrolled to their end; new lines keep the end in view while the reader is there. */
function Lines({ lines }: { lines: string[] }): JSX.Element {
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    if (box.current && isAtEnd.current)
      box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  if (lines.length === 0)
    return <p className={styles.quiet}>It has said nothing yet.</p>;
  return (
    <pre
      ref={box}
      role="log"
      aria-label="Output of the build"
      aria-live="off"
      // A keyboard scrolls what has the focus.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={styles.lines}
      onScroll={({
        currentTarget: { scrollTop, clientHeight, scrollHeight },
      }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - NEAR_END;
      }}
    >
      {lines.join('\n')}
    </pre>
  );
}
