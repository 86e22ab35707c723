import { ButtonLink } from '@backstage/ui';
import {
  formatMinute,
  Panel,
  SearchBox,
  Sentence,
  useInstant,
} from '@callboard/plugin-callboard-react';
import { type FormEvent, useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { findSimilarNames } from './findSimilarNames';
import styles from './NotFound.module.css';

export interface NotFoundProps {
  /** The problem: `There is no app “chekout”.` */
  sentence: string;
  /** The unknown name, and the known names of its kind. */
  wanted?: string;
  known?: Array<{
    name: string;
    /** Display name; its name when omitted. */
    title?: string;
    href: string;
  }>;
}

/** Message for an unknown name in the address, with similar names and links. */
export function NotFound({
  sentence,
  wanted = '',
  known = [],
}: NotFoundProps): JSX.Element {
  const links = useLinks();
  const navigate = useNavigate();
  const at = useInstant();
  const [search, setSearch] = useState('');
  const meant = findSimilarNames(
    wanted,
    known.map(({ name }) => name),
  ).flatMap(similar => known.find(({ name }) => name === similar) ?? []);
  const look = (event: FormEvent) => {
    event.preventDefault();
    navigate(withSearch(links.apps(), search));
  };
  return (
    <div className={styles.content}>
      <Sentence>
        {at ? `${sentence} At least not on ${formatMinute(at)}.` : sentence}
      </Sentence>
      {meant.length > 0 && (
        <p className={styles.line}>
          Did you mean{' '}
          {meant.map(({ name, title = name, href }, index) => (
            <span key={name}>
              {index > 0 && (index === meant.length - 1 ? ' or ' : ', ')}
              <Link to={href}>{title}</Link>
            </span>
          ))}
          ?
        </p>
      )}
      <Panel title="Look for it">
        <form className={styles.search} role="search" onSubmit={look}>
          <SearchBox
            label="App, owner, cluster or commit, then Enter"
            value={search}
            onChange={setSearch}
          />
        </form>
        <div className={styles.links}>
          <ButtonLink variant="secondary" href={links.apps()}>
            All apps
          </ButtonLink>
          <ButtonLink variant="secondary" href={links.fleet()}>
            All clusters
          </ButtonLink>
        </div>
      </Panel>
    </div>
  );
}

function withSearch(address: string, search: string): string {
  if (search === '') return address;
  return `${address}${address.includes('?') ? '&' : '?'}q=${encodeURIComponent(
    search,
  )}`;
}
