import { SearchField } from '@backstage/ui';
import { useEffect, useRef } from 'react';

export interface SearchBoxProps {
  /** Label for screen readers, also the placeholder. */
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** A search that filters while typing; `/` focuses it from anywhere on the page. */
export function SearchBox({
  label,
  value,
  onChange,
}: SearchBoxProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const goThere = (event: KeyboardEvent) => {
      if (
        event.key !== '/' ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target)
      )
        return;
      event.preventDefault();
      box.current?.querySelector('input')?.focus();
    };
    document.addEventListener('keydown', goThere);
    return () => document.removeEventListener('keydown', goThere);
  }, []);
  return (
    <div ref={box}>
      <SearchField
        aria-label={label}
        placeholder={`${label}  ( / )`}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
