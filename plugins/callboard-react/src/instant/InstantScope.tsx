import { parseInstant } from '@callboard/plugin-callboard-core';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useInRouterContext, useSearchParams } from 'react-router-dom';

/** What the address asks for. Each state holds what is true in it. */
export type AskedInstant =
  | { kind: 'now' }
  | { kind: 'past'; at: Date }
  | { kind: 'future'; at: Date }
  | { kind: 'unreadable'; text: string };

const NOW: AskedInstant = { kind: 'now' };

const Instant = createContext<AskedInstant>(NOW);

/** Everything inside shows the instant that the address names, as `?at=`. */
export function InstantScope({
  children,
}: {
  children: ReactNode;
}): JSX.Element {
  // Cards of portals without addresses show what is now.
  return useInRouterContext() ? (
    <FromAddress>{children}</FromAddress>
  ) : (
    <>{children}</>
  );
}

function FromAddress({ children }: { children: ReactNode }): JSX.Element {
  const text = useSearchParams()[0].get('at');
  const asked = useMemo(() => readAsked(text, new Date()), [text]);
  return <Instant.Provider value={asked}>{children}</Instant.Provider>;
}

function readAsked(text: string | null, now: Date): AskedInstant {
  if (text === null) return NOW;
  const at = parseInstant(text);
  if (!at) return { kind: 'unreadable', text };
  return at > now ? { kind: 'future', at } : { kind: 'past', at };
}

/** What the address asks for, whether it can be shown or not. */
export function useAskedInstant(): AskedInstant {
  return useContext(Instant);
}

/** The instant of the past that is shown; undefined when it is now. While it is set, nothing acts. */
export function useInstant(): Date | undefined {
  const asked = useContext(Instant);
  return asked.kind === 'past' ? asked.at : undefined;
}
