import type { App } from '@callboard/plugin-callboard-common';
import {
  Age,
  describeActor,
  describeAuthor,
  Panel,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { type ApprovalRequest, listApprovals } from './listApprovals';
import styles from './AppsPage.module.css';

const MOST_SHOWN = 10;

/** Promotions that wait for the user's approval, longest waiting first; nothing when there are none. */
export function AwaitingApproval({
  apps,
  owns,
  hrefOf,
}: {
  apps: App[];
  /** Entity references of the user's ownership. */
  owns: ReadonlySet<string>;
  hrefOf: (app: string) => string;
}): JSX.Element | null {
  const requests = listApprovals(apps, owns);
  if (requests.length === 0) return null;
  return (
    <Panel
      title="Waiting for your approval"
      tone="info"
      aside={requests.length}
      flush
    >
      <ul className={styles.approvals}>
        {requests.slice(0, MOST_SHOWN).map(request => (
          <Request
            key={`${request.app} ${request.environment}`}
            request={request}
            href={hrefOf(request.app)}
          />
        ))}
        {requests.length > MOST_SHOWN && (
          <li className={styles.quiet}>
            and {requests.length - MOST_SHOWN} more
          </li>
        )}
      </ul>
    </Panel>
  );
}

function Request({
  request: { title, environmentTitle, release, since, by },
  href,
}: {
  request: ApprovalRequest;
  href: string;
}): JSX.Element {
  return (
    <li>
      <Link data-strong="" to={href}>
        {title}: release {release.number} for {environmentTitle}
      </Link>
      <span className={styles.quiet}>
        “{release.message}” by{' '}
        {by === undefined ? describeAuthor(release.author) : describeActor(by)}
        {since !== undefined && (
          <>
            , <Age at={since} after=" ago" />
          </>
        )}
      </span>
    </li>
  );
}
