import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useInRouterContext, useSearchParams } from 'react-router-dom';
import { readInstant } from './readInstant';

const Instant = createContext<Date | undefined>(undefined);

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
  const at = useMemo(() => readInstant(text, new Date()), [text]);
  return <Instant.Provider value={at}>{children}</Instant.Provider>;
}

/** The instant of the past that is shown; undefined when it is now. While it is set, nothing acts. */
export function useInstant(): Date | undefined {
  return useContext(Instant);
}
