import { Link } from 'react-router-dom';
import { useViewLink } from '../url';
import styles from './ViewTabs.module.css';

export interface ViewTab {
  id: string;
  title: string;
}

export interface ViewTabsProps {
  tabs: readonly ViewTab[];
  /** The first tab has no parameter in the address. */
  current: string;
  label: string;
}

/** Tabs of a page as links, so that each has an address of its own wherever the page is mounted. */
export function ViewTabs({ tabs, current, label }: ViewTabsProps): JSX.Element {
  const linkTo = useViewLink();
  return (
    <nav className={styles.tabs} aria-label={label}>
      {tabs.map(({ id, title }, index) => (
        <Link
          key={id}
          className={styles.tab}
          to={{ search: linkTo(index === 0 ? {} : { tab: id }) }}
          aria-current={id === current ? 'page' : undefined}
        >
          {title}
        </Link>
      ))}
    </nav>
  );
}
