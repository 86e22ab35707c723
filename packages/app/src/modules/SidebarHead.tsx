import { useSidebarOpenState } from '@backstage/core-components';
import { Link } from 'react-router-dom';
import { CallboardLogo } from '../logo/CallboardLogo';
import styles from './SidebarHead.module.css';

/** Logo and name, linked to the first page. */
export function SidebarHead(): JSX.Element {
  const { isOpen } = useSidebarOpenState();
  return (
    <Link to="/" className={styles.head} aria-label="Callboard, first page">
      <CallboardLogo />
      {isOpen && <span>Callboard</span>}
    </Link>
  );
}
