import { type RouteRef, useRouteRef } from '@backstage/core-plugin-api';
import { Container } from '@backstage/ui';
import { useInstant } from '@callboard/plugin-callboard-react';
import { Link, useLocation } from 'react-router-dom';
import {
  appsRouteRef,
  auditRouteRef,
  blueprintsRouteRef,
  environmentsRouteRef,
  fleetRouteRef,
  policiesRouteRef,
} from '../routes';
import styles from './SectionTabs.module.css';
import { WhereMounted } from './WhereMounted';

/** The other addresses are below the fleet's, so the fleet is selected when none of them matches. */
const BELOW_FLEET = /^\/(apps|audit|blueprints|environments|policies)(\/|$)/;

const SECTIONS = [
  { title: 'Fleet', routeRef: fleetRouteRef },
  { title: 'Apps', routeRef: appsRouteRef },
  { title: 'Environments', routeRef: environmentsRouteRef },
  { title: 'Blueprints', routeRef: blueprintsRouteRef },
  { title: 'Policies', routeRef: policiesRouteRef },
  { title: 'Audit', routeRef: auditRouteRef },
];

/** Tabs between the sections of Callboard: the portal's menu has one item for all of them. */
export function SectionTabs(): JSX.Element {
  return (
    <Container className={styles.frame}>
      <nav className={styles.tabs} aria-label="Callboard">
        {SECTIONS.map(section => (
          <WhereMounted key={section.title}>
            <SectionTab {...section} />
          </WhereMounted>
        ))}
      </nav>
    </Container>
  );
}

function SectionTab({
  title,
  routeRef,
}: {
  title: string;
  routeRef: RouteRef<undefined>;
}): JSX.Element {
  const href = useRouteRef(routeRef)();
  const at = useInstant();
  const { pathname } = useLocation();
  const rest = pathname.startsWith(href) ? pathname.slice(href.length) : 'no';
  const isHere =
    (rest === '' || rest.startsWith('/')) &&
    (routeRef !== fleetRouteRef || !BELOW_FLEET.test(rest));
  return (
    <Link
      className={styles.tab}
      to={at ? `${href}?at=${at.toISOString()}` : href}
      aria-current={isHere ? 'page' : undefined}
    >
      {title}
    </Link>
  );
}
