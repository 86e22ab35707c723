import { parseInstant } from '@callboard/plugin-callboard-core';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useInRouterContext, useSearchParams } from 'react-router-dom';

/** The instant in the page's address. Each state holds the facts that are true in it. */
export type AskedInstant =
  | { kind: 'now' }
  | { kind: 'past'; at: Date }
  | { kind: 'future'; at: Date }
  | { kind: 'unreadable'; text: string };

const NOW: AskedInstant = { kind: 'now' };

const Instant = createContext<AskedInstant>(NOW);

/** Shows everything inside as of the instant in the address, `?at=`. */
export function InstantScope({
  children,
}: {
  children: ReactNode;
}): JSX.Element {
  // Cards in portals without a router show the present.
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

/** The instant in the address, whether it can be shown or not. */
export function useAskedInstant(): AskedInstant {
  return useContext(Instant);
}

/** The past instant that is shown; undefined for now. While it is set, actions are unavailable. */
export function useInstant(): Date | undefined {
  const asked = useContext(Instant);
  return asked.kind === 'past' ? asked.at : undefined;
}
