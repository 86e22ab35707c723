import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import styles from './CopyLine.module.css';

const SHOWN_MS = 2_000;

/** A line to copy and run. It wraps, so that all of it is visible before it is run. */
export function CopyLine({
  text,
  label = text,
}: {
  text: string;
  /** Name of the line for screen readers, when the text is long. */
  label?: string;
}): JSX.Element {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  // Without a secure origin the browser has no clipboard; the line can still be selected.
  const canCopy =
    typeof navigator !== 'undefined' && navigator.clipboard !== undefined;
  return (
    <div className={styles.line}>
      <code className={styles.text}>{text}</code>
      {canCopy && (
        <Button
          variant="tertiary"
          aria-label={isCopied ? 'Copied' : `Copy ${label}`}
          iconStart={isCopied ? <RiCheckLine /> : <RiFileCopyLine />}
          onPress={() =>
            navigator.clipboard.writeText(text).then(() => setCopied(true))
          }
        >
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </div>
  );
}
