import { useLocation } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { CallboardPage, PageFrame } from '../PageFrame';
import { NotFound } from './NotFound';

/** An address below Callboard that leads to no page. */
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

/** Addresses are typed by people: what cannot be decoded is shown as it is. */
function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
