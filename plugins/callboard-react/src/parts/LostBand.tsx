import { RiWifiOffLine } from '@remixicon/react';
import { formatInstant } from '../time';
import { formatSecond } from '../time/formatSecond';
import { Band } from './Band';
import { useLostSince } from './LostScope';

/**
 * A band across the page while the portal does not answer, with the time of the
 * data below. Nothing while it answers.
 */
export function LostBand(): JSX.Element | null {
  const since = useLostSince();
  if (!since) return null;
  return (
    <Band tone="warning" role="alert" icon={<RiWifiOffLine />}>
      <strong>Callboard is not answering.</strong> Last data:{' '}
      <time dateTime={since.toISOString()} title={formatInstant(since)}>
        {formatSecond(since)}
      </time>
      . This page asks again by itself; nothing can be changed until then.
    </Band>
  );
}
