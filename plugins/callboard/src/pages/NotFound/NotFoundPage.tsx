import { useLocation } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { CallboardPage, PageFrame } from '../PageFrame';
import { NotFound } from './NotFound';

/** Page for an unknown address below Callboard. */
export function NotFoundPage(): JSX.Element {
  const { pathname } = useLocation();
  return (
    <CallboardPage>
      <Page address={pathname} />
    </CallboardPage>
  );
}

function Page({ address }: { address: string }): JSX.Element {
  const links = useLinks();
  return (
    <PageFrame
      title="No such page"
      breadcrumbs={[{ label: 'Fleet', href: links.fleet() }]}
    >
      <NotFound sentence={`Nothing is at ${decode(address)}.`} />
    </PageFrame>
  );
}

/** Addresses may be typed by hand: one that cannot be decoded is shown unchanged. */
function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
