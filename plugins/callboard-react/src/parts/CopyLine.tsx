import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import styles from './CopyLine.module.css';

const SHOWN_MS = 2_000;

/** A line to copy and run. */
export function CopyLine({ text }: { text: string }): JSX.Element {
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
      {/* A long line scrolls, so the keyboard must reach it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <code className={styles.text} tabIndex={0}>
        {text}
      </code>
      {canCopy && (
        <Button
          variant="tertiary"
          aria-label={isCopied ? 'Copied' : `Copy ${text}`}
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
